import type { Principal } from './principal.ts'

/** Finds out for whom a request acts. */
export interface Authenticator {
  /**
   * `undefined` when the credential is not one, has ended, or is not for this server: why is nobody's business but the operator's.
   *
   * @param refused is told why, in a word for the log that holds nothing of the credential; not where there is no credential of this kind
   */
  authenticate(authorization: string | undefined, refused?: (why: string) => void): Promise<Principal | undefined>
}

/** The credential of an `Authorization: Bearer …` header (RFC 6750). */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1]
}
