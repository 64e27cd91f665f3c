import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { type Authenticator, bearerOf } from './authenticator.ts'
import { type Permission, type Principal, permissions } from './principal.ts'

/** Which tokens are taken. Algorithms are fixed by the kind of key: a token cannot choose. */
export type JwtSettings = {
  readonly issuer: string
  readonly audience: string
  /** The claim that says where a user's data has to stay. Default `region`. */
  readonly regionClaim?: string
} & (
  | { /** For HS256: 32 bytes at least. */ readonly secret: Uint8Array }
  | { /** Keys of RS256, ES256 and EdDSA; read again when a token names one that is not known. */ readonly jwksUrl: URL }
)

/** How far the clocks of the issuer and of this server may be apart, in seconds. */
const clockTolerance = 5

const claims = z.object({
  sub: z.string().min(1),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  jti: z.string().max(256).optional().catch(undefined),
  scope: z.string().optional(),
})

/** Takes JSON Web Tokens: `sub` is the user, `scope` what is allowed (RFC 8693, 4.2); `iss`, `aud`, `exp` and `nbf` are checked. */
export function jwtAuthenticator(settings: JwtSettings): Authenticator {
  const { issuer, audience, regionClaim = 'region' } = settings
  const algorithms = 'secret' in settings ? ['HS256'] : ['RS256', 'ES256', 'EdDSA']
  const verify = keyOf(settings)
  return {
    async authenticate(authorization) {
      const token = bearerOf(authorization)
      if (token === undefined) return undefined
      const payload = await verified(() =>
        verify(token, { issuer, audience, algorithms, clockTolerance, requiredClaims: ['sub', 'exp', 'iss', 'aud'] }),
      )
      return payload && principalOf(payload, regionClaim)
    },
  }
}

type VerifyOptions = NonNullable<Parameters<typeof jwtVerify>[2]>

function keyOf(settings: JwtSettings): (token: string, options: VerifyOptions) => Promise<JWTPayload> {
  if ('secret' in settings) {
    // Once: else it would be for each token.
    const key = crypto.subtle.importKey('raw', new Uint8Array(settings.secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    return async (token, options) => (await jwtVerify(token, await key, options)).payload
  }
  const keys: JWTVerifyGetKey = createRemoteJWKSet(settings.jwksUrl, { timeoutDuration: 5_000 })
  return async (token, options) => (await jwtVerify(token, keys, options)).payload
}

/** @throws what is no fault of the token: that the keys cannot be had */
async function verified(verify: () => Promise<JWTPayload>): Promise<JWTPayload | undefined> {
  try {
    return await verify()
  } catch (error) {
    const isOurs = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || !(error instanceof errors.JOSEError)
    if (isOurs) throw error
    return undefined
  }
}

function principalOf(payload: JWTPayload, regionClaim: string): Principal | undefined {
  const { success, data } = claims.safeParse(payload)
  if (!success) return undefined
  const granted = (data.scope ?? '').split(' ').filter((each): each is Permission => permissions.some((known) => known === each))
  const region = payload[regionClaim]
  return {
    userId: data.sub,
    permissions: new Set(granted),
    ...(data.name === undefined ? {} : { name: data.name }),
    ...(data.jti === undefined ? {} : { credentialId: data.jti }),
    ...(typeof region === 'string' ? { region } : {}),
  }
}
