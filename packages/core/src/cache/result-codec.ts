import { sha256 } from '@noble/hashes/sha2.js'

/**
 * The form of what is kept, and of what a result is made of. It goes up with every release in which the same question of the same memory may be
 * answered otherwise: it is part of every key, so that versions of the library that share a cache never read each other's.
 */
export const cacheFormat = 1

/** A result, and the stretch of time in which it is right. */
export interface Kept {
  readonly result: unknown
  /** Milliseconds since the epoch; the entry is right from `from`, up to and without `until`. */
  readonly from: number
  readonly until: number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })
const checksumBytes = 32

/** The SHA-256 of key and body, then the body: JSON in which what JSON lacks is tagged. */
export function encodeKept(key: string, kept: Kept): Uint8Array {
  const body = encoder.encode(JSON.stringify(tagged([kept.from, kept.until, kept.result])))
  const bytes = new Uint8Array(checksumBytes + body.length)
  bytes.set(checksum(key, body))
  bytes.set(body, checksumBytes)
  return bytes
}

/** `undefined` for what was not put under this key, or was changed since. */
export function decodeKept(key: string, bytes: Uint8Array): Kept | undefined {
  if (bytes.length < checksumBytes) return undefined
  const body = bytes.subarray(checksumBytes)
  const expected = checksum(key, body)
  if (!expected.every((byte, place) => byte === bytes[place])) return undefined
  try {
    const kept = untagged(JSON.parse(decoder.decode(body)))
    if (!Array.isArray(kept) || kept.length !== 3) return undefined
    const [from, until, result] = kept as readonly unknown[]
    return typeof from === 'number' && typeof until === 'number' ? { result, from, until } : undefined
  } catch {
    return undefined
  }
}

function checksum(key: string, body: Uint8Array): Uint8Array {
  return sha256.create().update(encoder.encode(key)).update(body).digest()
}

/** The key of what JSON cannot say, and of objects that have such a key themselves. */
const tag = '$'

function tagged(value: unknown): unknown {
  if (value === undefined) return { [tag]: 'undefined' }
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : { [tag]: 'number', value: spelt(value) }
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return { [tag]: 'date', value: tagged(value.getTime()) }
  if (Array.isArray(value)) return value.map(tagged)
  const entries = Object.entries(value)
  if (Object.hasOwn(value, tag) || Object.hasOwn(value, '__proto__'))
    return { [tag]: 'object', value: entries.map(([name, part]) => [name, tagged(part)]) }
  return Object.fromEntries(entries.map(([name, part]) => [name, tagged(part)]))
}

function untagged(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(untagged)
  if (!Object.hasOwn(value, tag)) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, untagged(part)]))
  const { [tag]: kind, value: inner } = value as { readonly [tag]: unknown; readonly value: unknown }
  if (kind === 'undefined') return undefined
  if (kind === 'number') return Number(inner)
  if (kind === 'date') return new Date(untagged(inner) as number)
  return Object.fromEntries((inner as readonly (readonly [string, unknown])[]).map(([name, part]) => [name, untagged(part)]))
}

function spelt(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
