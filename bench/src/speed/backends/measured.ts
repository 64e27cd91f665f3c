import type { Sent } from './backend.ts'
import type { Traffic } from './wire.ts'

/** What was measured of calls of one kind, each list by call. */
export interface Measured {
  readonly statements: number[]
  readonly traffic: Traffic[]
  /** Milliseconds of the whole call, of what the store does in it, and of the same statements sent straight to the driver. */
  readonly wholeMs: number[]
  readonly storeMs: number[]
  readonly straightMs: number[]
}

export function newMeasured(): Measured {
  return { statements: [], traffic: [], wholeMs: [], storeMs: [], straightMs: [] }
}

export function countStatements(sent: readonly Sent[]): number {
  return sent.reduce((count, { statements }) => count + statements.length, 0)
}
