import type { GraphStore } from '@graphmem/core'
import type { Wire } from './wire.ts'

/** A database, reached in several ways. */
export interface Backend extends AsyncDisposable {
  readonly name: string
  /** As users have it. */
  readonly store: GraphStore
  /** What its store says to the driver is noted. Of the same kind; a database of its own where the driver cannot be listened to. */
  readonly noted: GraphStore
  /** What `noted` has said since the last time this was asked. */
  taken(): readonly Sent[]
  /** Says the same to the database by a driver of its own, with the name of one user in place of another's. */
  send(sent: readonly Sent[], from: string, to: string): Promise<void>
  /** The same database once more, behind a wire that is counted; `undefined` where there is none between store and database. */
  readonly wired?: { readonly store: GraphStore; readonly wire: Wire }
}

/** Statements that go to the driver in one call or transaction, in the driver's own form. */
export interface Sent {
  readonly isWrite: boolean
  readonly statements: readonly unknown[]
}

/** The same value with every text that is one user's name replaced by another's. */
export function withUser<T>(value: T, from: string, to: string): T {
  if (value === from) return to as T
  if (Array.isArray(value)) return value.map((each: unknown) => withUser(each, from, to)) as T
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]: [string, unknown]) => [name, withUser(each, from, to)])) as T
}
