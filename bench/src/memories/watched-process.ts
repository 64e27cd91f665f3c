import { GraphMem, type GraphStore } from '@graphmem/core'
import type { Laboratory } from '../speed/laboratory.ts'
import { timed } from '../speed/timed.ts'
import type { Asked } from './people.ts'

/** How a question went. */
export interface Answer {
  readonly userId: string
  /** Whether the memory's index was in the process. */
  readonly hit: boolean
  readonly ms: number
}

/** What a process with a cache of its own does for those who ask it. */
export interface WatchedProcess extends AsyncDisposable {
  readonly graphMem: GraphMem
  /** Called for one memory after another. */
  readonly ask: (asked: Asked) => Promise<Answer>
  /** The most bytes of indexes that were held after a question. */
  readonly mostBytes: () => number
}

/** A process that may hold so many bytes of indexes, and has read none yet. */
export function watchedProcess(store: GraphStore, maxIndexBytes: number, { reasoner, embedder }: Laboratory): WatchedProcess {
  let loads = 0
  let mostBytes = 0
  const graphMem = new GraphMem({
    store,
    reasoner,
    embedder,
    maxIndexBytes,
    observer: ({ type }) => {
      if (type === 'index-refreshed') loads += 1
    },
  })
  return {
    graphMem,
    async ask({ userId, memoryId, question }) {
      const before = loads
      const ms = await timed(() => graphMem.memory({ userId, memoryId }).recall(question))
      mostBytes = Math.max(mostBytes, graphMem.heldIndexes.sizeBytes)
      return { userId, hit: loads === before, ms }
    },
    mostBytes: () => mostBytes,
    [Symbol.asyncDispose]: () => graphMem.close(),
  }
}

/** Of 1. */
export function hitRate(answers: readonly Answer[]): number {
  return answers.filter(({ hit }) => hit).length / answers.length
}
