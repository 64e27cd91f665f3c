import type { GraphMem } from '@graphmem/core'
import type { Logger } from 'pino'
import type { AuditLog } from '../audit/audit-log.ts'
import type { IngestQueue } from '../jobs/ingest-queue.ts'
import type { Quotas } from '../quotas/quotas.ts'

/**
 * Where users' data stay: all that is kept of them, and all that reads it. A request is given the one of its user, and nothing it could reach another by.
 * A server without regions is one.
 */
export interface Region {
  readonly graphMem: GraphMem
  readonly queue: IngestQueue
  readonly quotas: Quotas
  /** Where it is recorded who did what. */
  readonly audit: AuditLog | undefined
  readonly log: Logger
}
