import { shortDigest } from '../short-digest.ts'
import type { IngestWork } from './job.ts'

/** What tells that work is the same when its text is gone. */
export function hashOfWork(work: IngestWork): string {
  return shortDigest(JSON.stringify(work))
}
