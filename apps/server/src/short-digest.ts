import { createHash } from 'node:crypto'

/** 128 bits of a text's SHA-256, in hexadecimal: what names a thing and tells nobody what it is, but those who guess. */
export function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
