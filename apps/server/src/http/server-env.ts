import type { Memory, User } from '@graphmem/core'
import type { UserJobs } from '../jobs/ingest-queue.ts'
import type { UserQuota } from '../quotas/quotas.ts'
import type { Region } from '../regions/region.ts'
import type { Principal } from '../who/principal.ts'
import type { RecordOutcome } from './auditor.ts'

/** What a request carries through its handlers. They see the memory that it may reach, and nothing that could open another. */
export interface ServerEnv {
  Variables: {
    requestId: string
    /** Says that an answer ended before its end, which nobody else can: it has begun, and its status is told. */
    brokenOff: (error: unknown) => void
    /** Ends the work of the request when its time is over, or nobody waits for it. */
    signal: AbortSignal
    /** How long it may take, in milliseconds. */
    timeoutMs: number
    /** Keeps its place until then, though its answer begins before: those of its user, or of all users as well. */
    keepPlace: (until: Promise<void>, place: 'of the user' | 'of all') => void
    principal: Principal
    /** Why a credential was not taken, for the log alone. */
    refused?: string
    /** Where the user's data stay. */
    region: Region
    /** The memory that the path or the header names, of the user whom the token names. */
    memory: Memory
    /** Its id. */
    memoryId: string
    /** That user, for what concerns all of the user's memories. */
    user: User
    /** What that user has waiting to be ingested. */
    jobs: UserJobs
    /** What that user has used, and may use. */
    quota: UserQuota
    /** Puts off what is recorded of the request until a stream knows what came of it. */
    recordLater: () => RecordOutcome
    /** Does what keeps the process busy, when it is that user's turn. */
    inTurn: <T>(work: () => Promise<T>) => Promise<T>
    /** What a query asks, for the audit trail, which keeps a hash of it. */
    question?: string
  }
}
