import { GraphMemError } from '../spec/index.ts'

const checksumBytes = 8

/** Bytes with the first eight of their SHA-256 after them. */
export async function seal(bytes: Uint8Array): Promise<Uint8Array> {
  const sealed = new Uint8Array(bytes.length + checksumBytes)
  sealed.set(bytes)
  sealed.set(await checksum(bytes), bytes.length)
  return sealed
}

/** The bytes that were sealed. @throws GraphMemError `INDEX_DAMAGED` when they have changed since. */
export async function unseal(sealed: Uint8Array): Promise<Uint8Array> {
  const bytes = sealed.subarray(0, Math.max(0, sealed.length - checksumBytes))
  const sum = await checksum(bytes)
  if (sealed.length > checksumBytes && sealed.subarray(bytes.length).every((byte, index) => byte === sum[index])) return bytes
  throw indexDamaged()
}

export function indexDamaged(): GraphMemError {
  return new GraphMemError({
    code: 'INDEX_DAMAGED',
    message:
      'Cannot read the recall index: a segment is damaged or of another format. Call reindex() to make it anew from the stored text.',
  })
}

/** By the platform: several times as fast as any that is written in the language. */
async function checksum(bytes: Uint8Array): Promise<Uint8Array> {
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return new Uint8Array(hash, 0, checksumBytes)
}
