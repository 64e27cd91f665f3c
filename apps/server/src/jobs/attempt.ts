import type { ServerRedis } from '../redis/server-redis.ts'
import type { JobName } from './job-name.ts'

/** A job as it is tried once: what BullMQ knows of it, and what it has done by whichever process has time. */
export interface Attempt extends JobName {
  /** Which try it is, from 1. */
  readonly attempt: string
}

/** BullMQ's queue of them. */
export const attemptQueue = 'ingest'

/** What that queue and its workers have in common. */
export function attemptOptions({ prefix }: ServerRedis): { readonly prefix: string; readonly skipVersionCheck: boolean } {
  return { prefix: `${prefix}:bull`, skipVersionCheck: true }
}

/** No colon is allowed in it. */
export function attemptId({ user, id, attempt }: Attempt): string {
  return `${user}-${id}-${attempt}`
}
