import type { Memory, User } from '@graphmem/core'
import type { UserJobs } from '../jobs/ingest-queue.ts'
import type { UserQuota } from '../quotas/quotas.ts'
import type { Principal } from '../who/principal.ts'

/** What a request carries through its handlers. They see the memory that it may reach, and nothing that could open another. */
export interface ServerEnv {
  Variables: {
    requestId: string
    principal: Principal
    /** The memory that the path or the header names, of the user whom the token names. */
    memory: Memory
    /** That user, for what concerns all of the user's memories. */
    memoryId: string
    user: User
    /** What that user has waiting to be ingested. */
    jobs: UserJobs
    /** What that user has used, and may use. */
    quota: UserQuota
    /** Does what keeps the process busy, when it is that user's turn. */
    inTurn: <T>(work: () => Promise<T>) => Promise<T>
    /** What a query asks, for the audit trail, which keeps a hash of it. */
    question?: string
  }
}
