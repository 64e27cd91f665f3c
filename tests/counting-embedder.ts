import type { Embedder } from '@graphmem/core'
import { embedder } from './on-every-store.ts'

/** Another model than that of the tests, which notes what it is asked for: the same vectors the other way round, half as long. */
export interface CountingEmbedder extends Embedder {
  /** The texts of each call. */
  readonly calls: (readonly string[])[]
}

/** `beforeCall` may fail in place of the model, by the number of the call, from 1. */
export function countingEmbedder(beforeCall: (call: number) => unknown = () => undefined, id = 'other'): CountingEmbedder {
  const calls: (readonly string[])[] = []
  return {
    specVersion: 1,
    id,
    dimensions: 128,
    calls,
    async embed(texts, options) {
      calls.push(texts)
      await beforeCall(calls.length)
      return (await embedder.embed(texts, options)).map((vector) => vector.slice(0, 128).reverse())
    },
  }
}
