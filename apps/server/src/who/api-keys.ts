import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Authenticator, bearerOf } from './authenticator.ts'
import { permissions } from './principal.ts'

/** A key of a machine, as it is kept: not itself, but its hash, from which it cannot be found. */
export type StoredKey = z.infer<typeof storedKey>

export const storedKey = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** SHA-256 of the secret part, in hexadecimal. The secret is 256 random bits: there is nothing to guess, and no need of a slow hash. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  userId: z.string().min(1),
  permissions: z.array(z.enum(permissions)),
  region: z.string().optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
})

const form = /^gm_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/

/** Makes a key. It is shown once: what is kept is its hash. */
export function makeApiKey(owner: Omit<StoredKey, 'id' | 'hash'>): { readonly key: string; readonly stored: StoredKey } {
  const id = randomBytes(8).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  return { key: `gm_${id}_${secret}`, stored: { ...owner, id, hash: hashOf(secret).toString('hex') } }
}

/** Takes `Authorization: Bearer gm_…`. */
export function apiKeys(stored: readonly StoredKey[], now: () => number = Date.now): Authenticator {
  const byId = new Map(stored.map((key) => [key.id, key]))
  return {
    async authenticate(authorization, refused) {
      const [credential, id = '', secret = ''] = form.exec(bearerOf(authorization) ?? '') ?? []
      if (credential === undefined) return undefined
      const key = byId.get(id)
      if (key === undefined || !timingSafeEqual(hashOf(secret), Buffer.from(key.hash, 'hex'))) {
        refused?.('API_KEY_UNKNOWN')
        return undefined
      }
      if (key.expiresAt !== undefined && Date.parse(key.expiresAt) <= now()) {
        refused?.('API_KEY_EXPIRED')
        return undefined
      }
      return {
        userId: key.userId,
        permissions: new Set(key.permissions),
        credentialId: key.id,
        ...(key.region === undefined ? {} : { region: key.region }),
      }
    },
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
