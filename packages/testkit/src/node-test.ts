import { describe, test } from 'node:test'
import type { CreateCache } from './cache-case.ts'
import type { CreateStore } from './create-store.ts'
import { caseTimeoutMs, describedCacheCases, describedCases } from './describe-cases.ts'
import { embedderCases } from './provider/embedder-cases.ts'
import { modelCases } from './provider/model-cases.ts'
import type { EmbedderUnderTest, ModelUnderTest } from './provider/provider-under-test.ts'
import { runEmbedderCase, runModelCase } from './provider/run-model-case.ts'
import { runCacheCase } from './run-cache-case.ts'
import { runStoreCase } from './run-store-case.ts'

/** Registers every case as a `node:test` test. */
export function describeGraphStore(name: string, { create }: { readonly create: CreateStore }): void {
  describe(`${name} is a graph store`, () => {
    for (const { title, storeCase, mode } of describedCases()) {
      test(title, { timeout: caseTimeoutMs }, async (context) => {
        if ((await runStoreCase(storeCase, create, mode)) === 'skipped') context.skip(`needs ${storeCase.requires?.join(', ')}`)
      })
    }
  })
}

/** Registers every case of caches as a `node:test` test. */
export function describeCache(name: string, { create }: { readonly create: CreateCache }): void {
  describe(`${name} is a cache`, () => {
    for (const { title, cacheCase, mode } of describedCacheCases()) {
      test(title, { timeout: caseTimeoutMs }, () => runCacheCase(cacheCase, create, mode))
    }
  })
}

/** Registers every case of language models as a `node:test` test. */
export function describeLanguageModel(name: string, under: ModelUnderTest): void {
  describe(`${name} is a language model`, () => {
    for (const modelCase of modelCases) {
      test(`${modelCase.behaviour} [${modelCase.id}]`, { timeout: caseTimeoutMs }, async (context) => {
        if ((await runModelCase(modelCase, under)) === 'skipped') context.skip('the provider has no such thing')
      })
    }
  })
}

/** Registers every case of remote embedders as a `node:test` test. */
export function describeEmbedder(name: string, under: EmbedderUnderTest): void {
  describe(`${name} is a remote embedder`, () => {
    for (const embedderCase of embedderCases) {
      test(`${embedderCase.behaviour} [${embedderCase.id}]`, { timeout: caseTimeoutMs }, async (context) => {
        if ((await runEmbedderCase(embedderCase, under)) === 'skipped') context.skip('the provider has no such thing')
      })
    }
  })
}
