import type { CallOptions, UserId } from '@graphmem/core/spec'
import type { Connection } from './connection.ts'

/** Finds the database of a user, and opens it when it is needed. */
export interface Connections {
  /** Lends the user's database to `work`; `undefined` where there is no database yet and none is to be made. */
  lend<T>(userId: UserId, options: LendOptions, work: (loan: Loan) => Promise<T>): Promise<T | undefined>
  /** Ends what is under way, and closes what this opened. */
  close(): Promise<void>
}

export interface LendOptions extends CallOptions {
  /** Whether a database is made where there is none. */
  readonly create: boolean
  /** Whether a copy of a server's database is brought up to date before. */
  readonly fresh?: boolean | undefined
}

export interface Loan {
  readonly connection: Connection
  /** Whether what was written is where the next one will look for it: another process may have removed the file. */
  isCurrent(): boolean
  /**
   * Removes the file, if it is one user's, with all that belongs to it. The connection is not used afterwards. A database of one user's on a
   * server `stays`: only its tools can remove it.
   */
  removeFile(): Promise<'removed' | 'kept' | 'in use' | 'stays'>
}
