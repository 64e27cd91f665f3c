import type { EmbedderCase, ModelCase } from './model-case.ts'
import { planted } from './planted.ts'
import { startProviderDouble } from './provider-double.ts'
import type { EmbedderUnderTest, ModelUnderTest } from './provider-under-test.ts'

/** Runs one case on a new model, before a provider of its own. Rejects when it fails. */
export async function runModelCase(modelCase: ModelCase, under: ModelUnderTest): Promise<'passed' | 'skipped'> {
  if (modelCase.applies?.(under) === false) return 'skipped'
  const provider = await startProviderDouble()
  try {
    await modelCase.run({ model: await under.create({ url: provider.url, key: planted.key }), provider, under })
    return 'passed'
  } finally {
    await provider[Symbol.asyncDispose]()
  }
}

export async function runEmbedderCase(embedderCase: EmbedderCase, under: EmbedderUnderTest): Promise<'passed' | 'skipped'> {
  if (embedderCase.applies?.(under) === false) return 'skipped'
  const provider = await startProviderDouble()
  try {
    await embedderCase.run({ embedder: await under.create({ url: provider.url, key: planted.key }), provider, under })
    return 'passed'
  } finally {
    await provider[Symbol.asyncDispose]()
  }
}
