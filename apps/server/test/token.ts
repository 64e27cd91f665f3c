import { SignJWT } from 'jose'

export const secret = new TextEncoder().encode('a secret of thirty-two bytes, or more')
export const issuer = 'https://issuer.example'
export const audience = 'graphmem'

/** A token of the tests' issuer. */
export function tokenOf(
  userId: string,
  scope = 'memory:read memory:write memory:admin',
  claims: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return new SignJWT({ scope, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime('1h')
    .sign(secret)
}
