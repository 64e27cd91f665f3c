/** Where a libSQL server is and its token, as options of a store: of a URL with the token in it, as `startLibsql` gives. No `/` at the end. */
export function libsqlAccess(serviceUrl: string): { readonly url: string; readonly authToken: string } {
  const { origin, pathname, searchParams } = new URL(serviceUrl.replace(/^libsql:/, 'https:'))
  return { url: `${origin}${pathname}`.replace(/\/$/, ''), authToken: searchParams.get('authToken') ?? '' }
}
