import { sha256 } from '@noble/hashes/sha2.js'
import { base32 } from './spec/base32.ts'

const encoder = new TextEncoder()

/** An id that follows from what it names: 128 bits of SHA-256 over its kind and parts, 26 letters of base32. */
export function contentId(kind: string, ...parts: readonly (string | number)[]): string {
  return base32(sha256(encoder.encode(JSON.stringify([kind, ...parts]))).subarray(0, 16))
}

/** SHA-256 of a text in base32: 52 letters. */
export function contentHash(text: string): string {
  return base32(sha256(encoder.encode(text)))
}
