import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16

/** A text that whoever has the key can read, and nobody else: AES-256-GCM. */
export function sealed(key: KeyObject, text: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', sealKey(key), iv)
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), bytes]).toString('base64url')
}

/** @throws where it was sealed by another key, or changed */
export function unsealed(key: KeyObject, seal: string): string {
  const bytes = Buffer.from(seal, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', sealKey(key), bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
}

/** Of its own, so that what else the key is used for tells nothing of it. */
function sealKey(key: KeyObject): Buffer {
  return createHmac('sha256', key).update('seal').digest()
}
