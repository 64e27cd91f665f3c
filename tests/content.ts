import type { QueryResult } from '@graphmem/core'

/** All of a result but how long it took, as text. */
export function content({ timings: _, ...rest }: Pick<QueryResult, 'timings'>): string {
  return JSON.stringify(rest)
}
