import { createSecretKey, timingSafeEqual } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { ChainHead } from './audit-log.ts'
import { chainStart, endMark, linkOf } from './chain.ts'

/** What a check of a log found. */
export interface AuditVerdict {
  readonly entries: number
  /** In words, one each; empty when nothing was changed. */
  readonly faults: readonly string[]
}

/**
 * Reads a whole log, and says what was changed, taken out, put in, put elsewhere or cut off.
 *
 * @param expected a head that was noted earlier: the log has to hold it still, or it was put back as a whole
 */
export function verifyAudit(path: string, secret: Uint8Array, expected?: ChainHead): AuditVerdict {
  const key = createSecretKey(secret)
  const database = new DatabaseSync(path, { readOnly: true, timeout: 10_000 })
  try {
    // One moment of a log that others may be adding to.
    database.exec('BEGIN')
    const faults: string[] = []
    let [count, link] = [0, chainStart]
    for (const row of database.prepare('SELECT number, user, line, link FROM entries ORDER BY number').iterate()) {
      count += 1
      const number = Number(row['number'])
      if (number !== count) {
        faults.push(`entry ${count} is missing`)
        count = number
      }
      const line = String(row['line'])
      link = linkOf(key, link, line)
      if (!isEqual(link, String(row['link']))) faults.push(`entry ${number} was changed, or what stood before it`)
      if (!line.includes(`"user":${JSON.stringify(String(row['user']))}`)) faults.push(`entry ${number} was put under another user`)
      // Whatever follows is judged by itself.
      link = String(row['link'])
      if (expected?.count === count && !isEqual(expected.link, link)) faults.push(`entry ${number} is not the one that was noted`)
    }
    const end = database.prepare('SELECT count, link, mark FROM chain_end').get()
    if (end === undefined ? count > 0 : Number(end['count']) !== count || !isEqual(String(end['link']), link)) {
      faults.push('entries were cut off at the end, or added to it')
    } else if (end !== undefined && !isEqual(endMark(key, count, link), String(end['mark']))) faults.push('the mark of the end was changed')
    if (expected !== undefined && expected.count > count) faults.push(`${expected.count} entries were noted, and ${count} are there`)
    return { entries: count, faults }
  } finally {
    database.close()
  }
}

function isEqual(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.length === second.length && timingSafeEqual(first, second)
}
