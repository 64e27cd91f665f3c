import { shortDigest } from '../short-digest.ts'

/** The id of a job that was asked for with this key: of the same key the same, which is then the same job. */
export function jobId(key: string | undefined): string {
  return key === undefined ? crypto.randomUUID() : shortDigest(key)
}
