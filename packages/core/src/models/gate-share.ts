import type { MemoryEvent } from '../observer.ts'
import type { Allowance } from './allowance.ts'
import type { ModelClock } from './model-clock.ts'
import type { ModelQueue } from './model-queue.ts'
import type { ModelPrice } from './prices.ts'

/** What the calls of one memory share with all others of the process. */
export interface GateShare {
  readonly clock: ModelClock
  readonly random: () => number
  readonly observe: (event: MemoryEvent) => void
  /** Whose turn a call takes. */
  readonly tenant: string
  /** The budget of the user, if users have one. */
  readonly ofUser: () => Allowance | undefined
  queueOf(model: string): ModelQueue
  priceOf(model: string): ModelPrice | undefined
  /** Does what is asked of a model, or joins an equal request of the same memory. */
  share<T>(model: object, asked: string, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T>
}
