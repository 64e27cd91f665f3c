/** What a token allows. `memory:admin` allows all. */
export type Permission = (typeof permissions)[number]

export const permissions = ['memory:read', 'memory:write', 'memory:admin'] as const

/** For whom a request acts, as its token says, and nothing else: no header, path, query or body names a user. */
export interface Principal {
  readonly userId: string
  /** How the user is called, where the token says: "I" and that name are then the same. */
  readonly name?: string
  readonly permissions: ReadonlySet<Permission>
  /** Where the user's data has to stay, where the token says. */
  readonly region?: string
  /** How many turns the user's ingests have for one of others, 1 to 12, where the token says. */
  readonly weight?: number
  /** Which credential it was: of a JWT its `jti`, of an API key its id. */
  readonly credentialId?: string
}

export function allows(principal: Principal, permission: Permission): boolean {
  return principal.permissions.has(permission) || principal.permissions.has('memory:admin')
}
