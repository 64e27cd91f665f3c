import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, type JWK, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'
import { audience, issuer } from './token.ts'

export const algorithms = ['RS256', 'ES256', 'EdDSA'] as const
type Algorithm = (typeof algorithms)[number]

/** A key with which an issuer signs. */
interface SigningKey {
  readonly keyId: string
  tokenOf(userId: string): Promise<string>
}

/** An issuer whose public keys are served on loopback, which ends with the test. */
export interface JwksIssuer {
  /** Of a server that takes its tokens. */
  readonly env: Record<string, string>
  /** How often its keys were read. */
  reads(): number
  /** Another key, beside those that there are. */
  add(algorithm: Algorithm): Promise<SigningKey>
  withdraw(key: SigningKey): void
  /** From now on its keys are answered with this, or not at all; with the keys again when nothing is given. */
  answer(other?: { readonly status: number; readonly body: string } | 'nothing'): void
}

const pairs: Readonly<Record<Algorithm, () => { readonly publicKey: KeyObject; readonly privateKey: KeyObject }>> = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
}

export async function jwksIssuer(): Promise<JwksIssuer> {
  const keys: JWK[] = []
  let reads = 0
  let other: Parameters<JwksIssuer['answer']>[0]
  const server = createServer((request, response) => {
    reads += 1
    if (other === 'nothing') return request.socket.destroy()
    const { status, body } = other ?? { status: 200, body: JSON.stringify({ keys }) }
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    env: {
      ...{ GRAPHMEM_SERVER_JWT_SECRET: '', GRAPHMEM_SERVER_ISSUER: issuer, GRAPHMEM_SERVER_AUDIENCE: audience },
      GRAPHMEM_SERVER_JWKS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    },
    reads: () => reads,
    async add(alg) {
      const { publicKey, privateKey } = pairs[alg]()
      const keyId = crypto.randomUUID()
      keys.push({ ...(await exportJWK(publicKey)), alg, kid: keyId, use: 'sig' })
      return {
        keyId,
        tokenOf: (userId) =>
          new SignJWT({ scope: 'memory:read' })
            .setProtectedHeader({ alg, kid: keyId })
            .setSubject(userId)
            .setIssuer(issuer)
            .setAudience(audience)
            .setExpirationTime('1h')
            .sign(privateKey),
      }
    },
    withdraw({ keyId }) {
      keys.splice(0, keys.length, ...keys.filter(({ kid }) => kid !== keyId))
    },
    answer(given) {
      other = given
    },
  }
}
