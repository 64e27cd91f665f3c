import type { Budget } from '@graphmem/core'
import type { ProblemError } from '../http/problem.ts'
import type { Usage } from './usage.ts'

/** How much each user may have, so that nobody has it all. */
export interface Quotas {
  /** Synchronous, no I/O. */
  open(userId: string): UserQuota
  /**
   * Counts a request of all users.
   *
   * @throws ProblemError 503 with `Retry-After` when there were too many
   */
  admit(): Promise<void>
}

/** What one user has used, and may use. */
export interface UserQuota {
  /**
   * Counts a request.
   *
   * @throws ProblemError 429 with `Retry-After`
   */
  admit(): Promise<void>
  /**
   * Does what models are asked for, within what is left of the user's day.
   *
   * @throws ProblemError 429 with `Retry-After` when nothing is left, or not enough
   */
  pay<T>(work: (budget: Budget) => Promise<T>): Promise<T>
  /** What to tell a user for whose work too little is left of the day. */
  tooLittle(): Promise<ProblemError>
  /**
   * Whether there is something left to ingest with, and place for it. Counts nothing.
   *
   * @throws ProblemError 429 with `Retry-After`
   */
  mayIngest(): Promise<void>
  /** Counts text that a memory took in, in bytes. */
  stored(memoryId: string, bytes: number): Promise<void>
  /** Has a memory measured again before anything is ingested: what it holds became less, or came another way. */
  changed(memoryId: string): Promise<void>
  usage(): Promise<Usage>
  /** Forgets all counts of the user. */
  erase(): Promise<void>
}

/** What is left out is not limited, but counted. */
export interface QuotaLimits {
  readonly requestsPerMinute: number
  readonly storedBytes: number | undefined
  /** Of models, input and output. */
  readonly tokensPerDay: number | undefined
  readonly usdPerDay: number | undefined
  /** Of all users together. */
  readonly allRequestsPerMinute: number | undefined
}
