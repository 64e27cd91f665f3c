import type { Principal } from './principal.ts'

/** Finds out for whom a request acts. */
export interface Authenticator {
  /** `undefined` when the credential is not one, has ended, or is not for this server: why is nobody's business. */
  authenticate(authorization: string | undefined): Promise<Principal | undefined>
}

/** The credential of an `Authorization: Bearer …` header (RFC 6750). */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1]
}
