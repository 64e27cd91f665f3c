import type { IngestInput } from '@graphmem/core'
import { z } from '@hono/zod-openapi'
import { problemSchema } from '../http/problem.ts'

/** What a job is to do, in one memory of the user whose it is. */
export interface IngestWork {
  readonly memoryId: string
  /** How the user is called. */
  readonly name?: string
  readonly input: IngestInput
  /** Whether episodes of the same ids that hold other content are superseded. */
  readonly replace?: true
}

export const ingested = z
  .strictObject({
    status: z.enum(['success', 'partial', 'failed']).openapi({
      description: '`partial` and `failed`: some chunks failed, or all. The same again tries those alone, as does a retry of the job.',
    }),
    entities: z.int(),
    facts: z.int(),
    chunks: z.int(),
    added: z.int(),
    unchanged: z.int(),
    replaced: z.int(),
    failed: z.int(),
    version: z.int(),
    episodes: z.array(z.strictObject({ id: z.string(), key: z.string(), status: z.enum(['added', 'unchanged', 'replaced', 'failed']) })),
  })
  .openapi('Ingested')

export type Ingested = z.infer<typeof ingested>

export const job = z
  .strictObject({
    id: z.string(),
    memoryId: z.string(),
    status: z.enum(['waiting', 'active', 'done', 'failed', 'cancelled']),
    /** Chunks that are through, and of how many. */
    done: z.int(),
    total: z.int(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    result: ingested.optional(),
    problem: problemSchema.optional(),
  })
  .openapi('Job')

export type Job = z.infer<typeof job>

/** How long a job that has ended can be read, and tried again. */
export const keptMs = 24 * 3_600_000

/** So many of a user that have ended can be; the oldest are forgotten for others. */
export const mostEnded = 1_000

export function hasEnded({ status }: Job): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled'
}

/** Whether all that it was to do is done, and its text is of no use any more. */
export function isWhole({ status, result }: Pick<Job, 'status' | 'result'>): boolean {
  return status === 'done' && result?.status === 'success'
}

/** Whether it is done once more when its user says so. */
export function canBeRetried(job: Job): boolean {
  return hasEnded(job) && !isWhole(job)
}

/** Whether it is done once more when the same comes again with its key: what was called off is not meant to be. */
export function isTriedAgain(job: Job): boolean {
  return canBeRetried(job) && job.status !== 'cancelled'
}

/** @param wanted where left out: any */
export function isOfMemory({ memoryId }: Job, wanted: string | undefined): boolean {
  return wanted === undefined || memoryId === wanted
}
