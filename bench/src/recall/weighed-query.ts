import type { Explanation, Memory, SignalName } from '@graphmem/core'

/** A signal of core's, or the bench's own: how near a walk over the graph of the memory comes to the passage. */
export type BenchSignal = SignalName | 'near'

/** A passage that was weighed for a question, as its explanation tells. */
export interface Candidate {
  readonly chunkId: string
  readonly episodeId: string
  readonly signals: ReadonlyMap<BenchSignal, number>
  /** The words of the question that it has. */
  readonly has: ReadonlySet<string>
}

/** A question with all passages that were weighed for it. */
export interface WeighedQuery {
  readonly terms: Explanation['terms']
  readonly candidates: readonly Candidate[]
  /** Ids of episodes, as recalled with the shipped weights. */
  readonly recalled: readonly string[]
  readonly durationMs: number
}

/** More than are ever weighed for one question of the datasets. */
const limit = 500

export async function weighedQuery(memory: Memory, question: string): Promise<WeighedQuery> {
  const { chunks, explanation, timings } = await memory.recall(question, { limit, explain: true })
  const episodes = new Map(chunks.map(({ id, episodeId }) => [id, episodeId]))
  return {
    terms: explanation?.terms ?? [],
    candidates: (explanation?.chunks ?? [])
      .filter(({ signals }) => signals.length > 0)
      .map(({ chunkId, signals, has }) => ({
        chunkId,
        episodeId: episodes.get(chunkId) ?? '',
        signals: new Map(signals.map(({ name, value }) => [name, value])),
        has: new Set(has),
      })),
    recalled: [...new Set(chunks.map(({ episodeId }) => episodeId))],
    durationMs: timings.rankMs,
  }
}
