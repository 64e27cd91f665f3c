import { quantile } from '../quantile.ts'
import type { OperationKind } from './operation.ts'

/** How long an operation took that was done. */
export interface Timing {
  readonly kind: OperationKind
  readonly ms: number
}

/** What a load came to. */
export interface Timings {
  readonly timings: readonly Timing[]
  /** What was not done, in the words of the errors, each as often as it came. */
  readonly errors: readonly string[]
  readonly durationMs: number
}

export function together(rounds: readonly Timings[]): Timings {
  return {
    timings: rounds.flatMap(({ timings }) => timings),
    errors: rounds.flatMap(({ errors }) => errors),
    durationMs: rounds.reduce((sum, { durationMs }) => sum + durationMs, 0),
  }
}

/** Milliseconds that operations took, of one kind or of all. */
export function durationsOf({ timings }: Timings, kind?: OperationKind): readonly number[] {
  return timings.flatMap((timing) => (kind === undefined || timing.kind === kind ? [timing.ms] : []))
}

export function perSecond({ timings, durationMs }: Timings): number {
  return (timings.length / durationMs) * 1000
}

/** p50 and p95, as text. */
export function middleAndHigh(durations: readonly number[]): string {
  return [0.5, 0.95].map((share) => quantile(durations, share).toFixed(1)).join('; ')
}
