import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { base64url, exportJWK, SignJWT } from 'jose'
import { audience, issuer, secret } from './token.ts'

/** Somebody who makes tokens, and whom a server is told of. */
export interface Issuer {
  readonly algorithm: 'HS256' | 'RS256'
  /** Makes them with. */
  readonly key: Uint8Array | KeyObject
  /** The public part, which everybody may read. */
  readonly publicKey?: KeyObject
  /** What the server is told. */
  readonly env: Readonly<Record<string, string>>
}

/** Makes tokens of HS256, with the secret of the tests. */
export const secretIssuer: Issuer = { algorithm: 'HS256', key: secret, env: {} }

/** Makes tokens of RS256. Its public key is served on loopback until it is disposed of. */
export async function keysIssuer(): Promise<Issuer & AsyncDisposable> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = [{ ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig' }]
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys })))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    algorithm: 'RS256',
    key: privateKey,
    publicKey,
    env: { GRAPHMEM_SERVER_JWT_SECRET: '', GRAPHMEM_SERVER_JWKS_URL: `http://127.0.0.1:${port}/jwks.json` },
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

interface Made {
  readonly name?: string
  readonly credentialId?: string
  readonly audience?: string
  readonly issuer?: string
  /** Seconds from now. */
  readonly expiresIn?: number
}

/** A user's token, with all permissions. */
export function issued({ algorithm, key }: Pick<Issuer, 'algorithm' | 'key'>, user: string, made: Made = {}): Promise<string> {
  const { name, credentialId: jti } = made
  return new SignJWT({ scope, ...(name === undefined ? {} : { name }), ...(jti === undefined ? {} : { jti }) })
    .setProtectedHeader({ alg: algorithm })
    .setSubject(user)
    .setIssuer(made.issuer ?? issuer)
    .setAudience(made.audience ?? audience)
    .setExpirationTime(now() + (made.expiresIn ?? 3600))
    .sign(key)
}

const scope = 'memory:read memory:write memory:admin'

/** How somebody may pretend to be a user: the commonest ways. The bench `authorisation` has more, and tries them on every route. */
export async function forgedTokens(from: Issuer, user: string): Promise<Readonly<Record<string, string>>> {
  const another = from.algorithm === 'HS256' ? new Uint8Array(32).fill(7) : generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const claims = base64url.encode(JSON.stringify({ sub: user, scope, iss: issuer, aud: audience, exp: now() + 3600 }))
  const [header, , signature] = (await issued(from, 'mallory')).split('.')
  const publicPem = from.publicKey?.export({ format: 'pem', type: 'spki' })
  return {
    'the name alone': user,
    'another key': await issued({ ...from, key: another }, user),
    'that has ended': await issued(from, user, { expiresIn: -60 }),
    'for another server': await issued(from, user, { audience: 'elsewhere' }),
    'of another issuer': await issued(from, user, { issuer: 'https://elsewhere.example' }),
    'without a signature': `${base64url.encode(JSON.stringify({ alg: 'none' }))}.${claims}.`,
    "a user put into somebody else's": `${header}.${claims}.${signature}`,
    ...(publicPem === undefined
      ? {}
      : { 'the public key for a secret': await issued({ algorithm: 'HS256', key: Buffer.from(publicPem) }, user) }),
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
