import type { Authenticator } from './authenticator.ts'

/** Takes what any of several takes, asked in their order. */
export function anyOf(authenticators: readonly Authenticator[]): Authenticator {
  return {
    async authenticate(authorization, refused) {
      for (const each of authenticators) {
        const principal = await each.authenticate(authorization, refused)
        if (principal !== undefined) return principal
      }
      return undefined
    },
  }
}
