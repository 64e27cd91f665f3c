import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { ProblemError } from '../http/problem.ts'
import { mostWeight } from '../jobs/turn-length.ts'
import { type Authenticator, bearerOf } from './authenticator.ts'
import { type Permission, type Principal, permissions } from './principal.ts'

/** Which tokens are taken. Algorithms are fixed by the kind of key: a token cannot choose. */
export type JwtSettings = {
  readonly issuer: string
  readonly audience: string
  /** The claim that says where a user's data has to stay. Default `region`. */
  readonly regionClaim?: string
  /** The claim that says how many turns a user has, a whole number from 1 to 12. Without it all have one. */
  readonly weightClaim?: string
} & (
  | { /** For HS256: 32 bytes at least. */ readonly secret: Uint8Array }
  | { /** Keys of RS256, ES256 and EdDSA; read again when a token names one that is not known. */ readonly jwksUrl: URL }
)

/** How long an issuer's answer is waited for; how long its keys are taken without reading them again, so also one that was withdrawn; and how soon they are read again for a key that is not among them. */
const keyTimes = { timeoutDuration: 5_000, cacheMaxAge: 600_000, cooldownDuration: 30_000 }

/** How far the clocks of the issuer and of this server may be apart, in seconds. */
const clockTolerance = 5

const claims = z.object({
  sub: z.string().min(1),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  jti: z.string().max(256).optional().catch(undefined),
  scope: z.string().optional(),
})

/** An invalid weight counts as 1: the token is still accepted. */
const weightSchema = z.int().min(1).max(mostWeight)

/**
 * Takes JSON Web Tokens: `sub` is the user, `scope` what is allowed (RFC 8693, 4.2). `sub`, `iss`, `aud` and `exp` are asked for and checked, `nbf` where
 * it is there.
 */
export function jwtAuthenticator(settings: JwtSettings): Authenticator {
  const { issuer, audience, regionClaim = 'region', weightClaim } = settings
  const algorithms = 'secret' in settings ? ['HS256'] : ['RS256', 'ES256', 'EdDSA']
  const verify = keyOf(settings)
  return {
    async authenticate(authorization, refused) {
      const token = bearerOf(authorization)
      if (token === undefined) return undefined
      try {
        const payload = await verify(token, { issuer, audience, algorithms, clockTolerance, requiredClaims: ['sub', 'exp', 'iss', 'aud'] })
        return principalOf(payload, regionClaim, weightClaim)
      } catch (error) {
        // All else is no fault of the token.
        if (!(error instanceof errors.JOSEError)) throw error
        refused?.(whyOf(error))
        return undefined
      }
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
  const keys = issuersKeys(settings.jwksUrl)
  return async (token, options) => (await jwtVerify(token, keys, options)).payload
}

/** Finds the key of a token. Rejects with a `ProblemError` where the keys cannot be had: whether the token is good, nobody knows then. */
function issuersKeys(url: URL): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, keyTimes)
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      const isOfToken = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys
      throw isOfToken ? error : keysUnavailable()
    }
  }
}

/** The code of jose, with the claim that is missing or is not as asked for: `ERR_JWT_CLAIM_VALIDATION_FAILED aud`. */
function whyOf(error: errors.JOSEError): string {
  return error instanceof errors.JWTClaimValidationFailed ? `${error.code} ${error.claim}` : error.code
}

function keysUnavailable(): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'keys-unavailable',
    title: "The issuer's keys cannot be had",
    headers: { 'retry-after': '5' },
  })
}

function principalOf(payload: JWTPayload, regionClaim: string, weightClaim: string | undefined): Principal | undefined {
  const { success, data } = claims.safeParse(payload)
  if (!success) return undefined
  const granted = (data.scope ?? '').split(' ').filter((each): each is Permission => permissions.some((known) => known === each))
  const region = payload[regionClaim]
  const weight = weightClaim === undefined ? undefined : weightSchema.safeParse(payload[weightClaim]).data
  return {
    userId: data.sub,
    permissions: new Set(granted),
    ...(data.name === undefined ? {} : { name: data.name }),
    ...(data.jti === undefined ? {} : { credentialId: data.jti }),
    ...(typeof region === 'string' ? { region } : {}),
    ...(weight === undefined ? {} : { weight }),
  }
}
