import { hashedKey } from '../redis/hashed-key.ts'
import type { IngestWork } from './job.ts'

/** What tells that work is the same when its text is gone. */
export function hashOfWork(work: IngestWork): string {
  return hashedKey(JSON.stringify(work))
}
