import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { base64url, type JWTPayload, SignJWT } from 'jose'

/** Whose tokens the server under test takes, and how it is told who they are. */
export interface Issuer {
  readonly issuer: string
  readonly audience: string
  /** What it signs with: a secret for HS256, or a private key. */
  readonly key: Uint8Array | KeyObject
  readonly algorithm: string
  readonly keyId?: string
  /** The public key as everybody may read it: what a server that lets a token choose its algorithm would take for a secret. */
  readonly publicPem?: string
}

export interface Claims {
  readonly sub?: unknown
  readonly scope?: unknown
  readonly [name: string]: unknown
}

const all = 'memory:read memory:write memory:admin'

/** A token as the issuer makes it, but for what is given. */
export async function tokenOf(
  from: Issuer,
  claims: Claims,
  { expiresIn = 3600, notBefore = 0 }: { readonly expiresIn?: number; readonly notBefore?: number } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const payload = { iss: from.issuer, aud: from.audience, scope: all, iat: now, exp: now + expiresIn, nbf: now + notBefore, ...claims }
  // Some are of no valid form on purpose.
  return new SignJWT(payload as JWTPayload)
    .setProtectedHeader({ alg: from.algorithm, ...(from.keyId === undefined ? {} : { kid: from.keyId }) })
    .sign(from.key)
}

/** How a request may claim to be somebody, none of which a server may believe. Each gives the value of `Authorization`. */
export const forgeries: Readonly<Record<string, (from: Issuer, userId: string) => Promise<string | undefined>>> = {
  'no header': async () => undefined,
  'no token': async () => 'Bearer ',
  'another scheme': async (_, userId) => `Basic ${btoa(`${userId}:secret`)}`,
  'words for a token': async (_, userId) => `Bearer ${userId}`,
  'random bytes': async () => `Bearer ${randomBytes(40).toString('base64url')}`,
  'three random parts': async () => `Bearer ${[0, 1, 2].map(() => randomBytes(20).toString('base64url')).join('.')}`,
  'a key that was never given': async () => `Bearer gm_${randomBytes(8).toString('hex')}_${randomBytes(32).toString('base64url')}`,
  expired: async (from, sub) => bearer(tokenOf(from, { sub }, { expiresIn: -60 })),
  'not yet begun': async (from, sub) => bearer(tokenOf(from, { sub }, { notBefore: 600 })),
  'without an end': async (from, sub) => bearer(tokenOf(from, { sub, exp: undefined })),
  'another audience': async (from, sub) => bearer(tokenOf({ ...from, audience: 'elsewhere' }, { sub })),
  'no audience': async (from, sub) => bearer(tokenOf(from, { sub, aud: undefined })),
  'another issuer': async (from, sub) => bearer(tokenOf({ ...from, issuer: 'https://elsewhere.example' }, { sub })),
  nobody: async (from) => bearer(tokenOf(from, { sub: undefined })),
  'an empty user': async (from) => bearer(tokenOf(from, { sub: '' })),
  'a user that is a list': async (from, sub) => bearer(tokenOf(from, { sub: [sub] })),
  'another key': async (from, sub) => bearer(tokenOf({ ...from, key: anotherKey(from) }, { sub })),
  'no algorithm': async (from, sub) => `Bearer ${await unsigned(from, sub, 'none')}.`,
  'no algorithm, in capitals': async (from, sub) => `Bearer ${await unsigned(from, sub, 'NONE')}.`,
  'no signature': async (from, sub) => `Bearer ${await unsigned(from, sub, from.algorithm)}.`,
  'the public key for a secret': async (from, sub) => bearer(tokenOf({ ...from, algorithm: 'HS256', key: publicSecret(from) }, { sub })),
  'a key of its own in the header': async (from, sub) => bearer(ownKey(from, sub)),
  'another algorithm of the same key': async (from, sub) => bearer(otherAlgorithm(from, sub)),
  'a changed user': async (from, sub) => {
    const [header, , signature] = (await tokenOf(from, { sub: 'somebody' })).split('.')
    const payload = { iss: from.issuer, aud: from.audience, sub, scope: all, exp: Math.floor(Date.now() / 1000) + 3600 }
    return `Bearer ${header}.${base64url.encode(JSON.stringify(payload))}.${signature}`
  },
}

async function bearer(token: Promise<string>): Promise<string> {
  return `Bearer ${await token}`
}

function anotherKey({ key, algorithm }: Issuer): Uint8Array | KeyObject {
  if (key instanceof Uint8Array) return randomBytes(key.length)
  if (algorithm === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  return generateKeyPairSync('ed25519').privateKey
}

function publicSecret({ publicPem, key }: Issuer): Uint8Array {
  return publicPem === undefined ? randomBytes(key instanceof Uint8Array ? key.length : 32) : new TextEncoder().encode(publicPem)
}

/** A secret signs by other hashes too; of a private key the nearest thing is a secret made of the public one. */
async function otherAlgorithm(from: Issuer, sub: string): Promise<string> {
  if (from.key instanceof Uint8Array) return tokenOf({ ...from, algorithm: 'HS384', key: padded(from.key) }, { sub })
  return tokenOf({ ...from, algorithm: 'HS384', key: padded(publicSecret(from)) }, { sub })
}

function padded(key: Uint8Array): Uint8Array {
  return key.length >= 48 ? key : Buffer.concat([key, Buffer.alloc(48 - key.length)])
}

async function ownKey(from: Issuer, sub: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ iss: from.issuer, aud: from.audience, scope: all, sub, exp: now + 3600 })
    .setProtectedHeader({
      alg: 'ES256',
      jwk: publicKey.export({ format: 'jwk' }) as never,
      ...(from.keyId === undefined ? {} : { kid: from.keyId }),
    })
    .sign(privateKey)
}

async function unsigned(from: Issuer, sub: string, alg: string): Promise<string> {
  const payload = { iss: from.issuer, aud: from.audience, sub, scope: all, exp: Math.floor(Date.now() / 1000) + 3600 }
  return [{ alg, typ: 'JWT' }, payload].map((part) => base64url.encode(JSON.stringify(part))).join('.')
}
