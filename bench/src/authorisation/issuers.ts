import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerSettings } from '@graphmem/server'
import { exportJWK } from 'jose'
import type { Issuer } from './forged-tokens.ts'

/** An issuer with what a server is told of it. */
export interface KnownIssuer {
  readonly name: string
  readonly issuer: Issuer
  readonly jwt: NonNullable<ServerSettings['jwt']>
}

const names = { issuer: 'https://issuer.example', audience: 'graphmem' }

/** One issuer for each algorithm that the server takes; the public keys of all but HS256 are served on loopback. */
export async function knownIssuers(): Promise<AsyncDisposable & { readonly all: readonly KnownIssuer[] }> {
  const pairs: readonly (readonly [algorithm: string, pair: { publicKey: KeyObject; privateKey: KeyObject }])[] = [
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ]
  const keys = await Promise.all(
    pairs.map(async ([alg, { publicKey }]) => ({ ...(await exportJWK(publicKey)), alg, kid: alg, use: 'sig' })),
  )
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys })))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const jwksUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`)
  const secret = randomBytes(48)
  return {
    all: [
      { name: 'HS256', issuer: { ...names, key: secret, algorithm: 'HS256' }, jwt: { ...names, secret } },
      ...pairs.map(([algorithm, { publicKey, privateKey }]): KnownIssuer => {
        const publicPem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
        return {
          name: algorithm,
          issuer: { ...names, key: privateKey, algorithm, keyId: algorithm, publicPem },
          jwt: { ...names, jwksUrl },
        }
      }),
    ],
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}
