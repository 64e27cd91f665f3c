import { createHmac, type KeyObject } from 'node:crypto'
import type { KeptEntry } from './audit-entry.ts'

/** What the first entry follows. */
export const chainStart = '0'.repeat(64)

/** The link of an entry: an HMAC-SHA256 over the link before and all of the entry, in hexadecimal. Who lacks the key can make none. */
export function linkOf(key: KeyObject, before: string, line: string): string {
  return createHmac('sha256', key).update(before).update('\n').update(line).digest('hex')
}

/** The mark of a chain's end: how many entries it has, and the last link. Without it, entries could be cut off at the end unseen. */
export function endMark(key: KeyObject, count: number, last: string): string {
  return createHmac('sha256', key).update(`end ${count} ${last}`).digest('hex')
}

/** An entry as its link is made of it: always the same text for the same entry. */
export function lineOf(entry: KeptEntry): string {
  return JSON.stringify(Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))))
}
