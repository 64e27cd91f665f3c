import { brokenEmbedders, brokenModels, embedderCases, modelCases, runEmbedderCase, runModelCase } from '@graphmem/testkit'
import { describe, expect, test } from 'vitest'
import { compatibleEmbedder, compatibleModel } from './compatible-under-test.ts'

/** The ids of the cases that fail, in the cases' order. */
async function failed<T extends { readonly id: string }>(
  cases: readonly T[],
  run: (each: T) => Promise<unknown>,
): Promise<readonly string[]> {
  const outcomes = await Promise.allSettled(cases.map(run))
  return cases.filter((_, place) => outcomes[place]?.status === 'rejected').map(({ id }) => id)
}

const models = brokenModels(compatibleModel)
const embedders = brokenEmbedders(compatibleEmbedder)

describe.concurrent('a language model that', { timeout: 120_000 }, () => {
  test.each(models)('$does fails exactly the cases that name it ($name)', async ({ under, fails }) => {
    expect(await failed(modelCases, (each) => runModelCase(each, under))).toEqual(
      modelCases.map(({ id }) => id).filter((id) => fails.includes(id)),
    )
  })
})

describe.concurrent('a remote embedder that', { timeout: 120_000 }, () => {
  test.each(embedders)('$does fails exactly the cases that name it ($name)', async ({ under, fails }) => {
    expect(await failed(embedderCases, (each) => runEmbedderCase(each, under))).toEqual(
      embedderCases.map(({ id }) => id).filter((id) => fails.includes(id)),
    )
  })
})

test.each([
  ['language models', modelCases, models],
  ['remote embedders', embedderCases, embedders],
])('every case of %s can fail: something broken names it', (_, cases, broken) => {
  const named = new Set(broken.flatMap(({ fails }) => fails))
  expect(cases.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([])
})

test('what is broken names no case that there is not', () => {
  const ids = new Set([...modelCases, ...embedderCases].map(({ id }) => id))
  expect([...models, ...embedders].flatMap(({ fails }) => fails).filter((id) => !ids.has(id))).toEqual([])
})
