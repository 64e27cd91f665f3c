import type { TestProject } from 'vitest/node'
import { startLlamaServer } from '../src/llama-server.ts'
import { mayBeMissing } from '../src/may-be-missing.ts'
import type { ModelServerAccess } from '../src/model-server.ts'
import { startOllama } from '../src/ollama.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** An OpenAI-compatible server; `undefined` where there is none. */
    readonly llamaServer: ModelServerAccess | undefined
    /** `undefined` where there is none. */
    readonly ollama: ModelServerAccess | undefined
  }
}

/** One server of each kind for all tests on models. One after the other: the first time both are compiled. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using starting = new AsyncDisposableStack()
  for (const [key, start] of [['llamaServer', startLlamaServer] as const, ['ollama', startOllama] as const]) {
    try {
      const { url, apiKey, model, embeddingModel, dimensions } = starting.use(await start())
      project.provide(key, { url, apiKey, model, embeddingModel, dimensions })
    } catch (error) {
      if (!mayBeMissing(error)) throw error
      console.warn(`Its tests are skipped. ${error.message}`)
      project.provide(key, undefined)
    }
  }
  const started = starting.move()
  return () => started.disposeAsync()
}
