import { GraphMemError } from '@graphmem/core/spec'

/** What a server asks for, or what gives it for the `https:` URL of a database, before each request. */
export type AuthToken = string | ((url: string) => string | Promise<string>)

/** Whether a value can stand in a header as it is. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

/** @throws GraphMemError `CONFIG_INVALID` when what gives the token fails; its own error is not passed on, as it may hold a secret */
export async function tokenFor(url: string, authToken: AuthToken | undefined): Promise<string | undefined> {
  if (typeof authToken !== 'function') return authToken
  const token: unknown = await Promise.resolve(url)
    .then(authToken)
    .catch(() => undefined)
  if (isToken(token)) return token
  throw new GraphMemError({
    code: 'CONFIG_INVALID',
    field: 'authToken',
    message: 'Cannot ask the server: the function that is `authToken` failed, or gave no token.',
  })
}
