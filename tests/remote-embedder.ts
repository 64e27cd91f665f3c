import type { Embedder, EmbedOptions } from '@graphmem/core'
import { embedder } from './on-every-store.ts'

/** A fake of an embedder that somebody else runs: the local one, which counts its requests. */
export interface RemoteEmbedder extends Embedder {
  readonly requests: (readonly string[])[]
  before: (texts: readonly string[], call: number) => void
}

export const embedderId = 'fake:vectors'

export function remoteEmbedder(maxTexts = 100): RemoteEmbedder {
  const remote: RemoteEmbedder = {
    ...embedder,
    id: embedderId,
    remote: { maxTexts },
    requests: [],
    before: () => undefined,
    async embed(texts: readonly string[], options: EmbedOptions = {}) {
      remote.requests.push(texts)
      remote.before(texts, remote.requests.length)
      options.onUsage?.({ inputTokens: 10 * texts.length, outputTokens: 0 })
      return embedder.embed(texts, options)
    },
  }
  return remote
}
