import { SignJWT } from 'jose'
import type { Permission } from './principal.ts'

export interface TokenOptions {
  readonly secret: Uint8Array
  readonly issuer: string
  readonly audience: string
  readonly permissions: readonly Permission[]
  /** Seconds from now. */
  readonly expiresInSeconds: number
  /** How the user is called. */
  readonly name?: string
  readonly region?: string
  /** The claim that says it. Default `region`. */
  readonly regionClaim?: string | undefined
}

/** Makes a token of HS256 that a server with the same secret takes: for trying things out, and for those who have no issuer of their own. */
export function signToken(userId: string, options: TokenOptions): Promise<string> {
  const { secret, issuer, audience, permissions, expiresInSeconds, name, region, regionClaim = 'region' } = options
  const claims = {
    scope: permissions.join(' '),
    jti: crypto.randomUUID(),
    ...(name === undefined ? {} : { name }),
    ...(region === undefined ? {} : { [regionClaim]: region }),
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + expiresInSeconds)
    .sign(secret)
}
