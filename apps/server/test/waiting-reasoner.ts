import type { Reasoner } from '@graphmem/core'
import { localReasoner } from '@graphmem/llm-local'

interface Waiting {
  /** Which of its calls wait. Default: both. */
  readonly at?: readonly ('extract' | 'answer')[]
  /** What a call ends with that is called off. Without it, the call waits on, whoever has gone meanwhile. */
  readonly calledOff?: (reason: unknown) => unknown
}

interface WaitingReasoner {
  readonly reasoner: Reasoner
  /** Resolves when the first call waits. */
  readonly begun: Promise<void>
  letGo(): void
}

/** A double of a reasoner: it reads and answers as the local one does, but not before it is let go. */
export function waitingReasoner({ at = ['extract', 'answer'], calledOff }: Waiting = {}): WaitingReasoner {
  const local = localReasoner()
  const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const wait = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      void go.promise.then(resolve)
      if (calledOff !== undefined) signal?.addEventListener('abort', () => reject(calledOff(signal.reason)))
      begun.resolve()
    })
  const reasoner: Reasoner = {
    ...local,
    async extract(passage, options) {
      if (at.includes('extract')) await wait(options?.signal)
      return local.extract(passage, options)
    },
    async answer(question, evidence, options) {
      if (at.includes('answer')) await wait(options?.signal)
      return local.answer(question, evidence, options)
    },
  }
  return { reasoner, begun: begun.promise, letGo: go.resolve }
}
