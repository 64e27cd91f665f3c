/** Where a Neo4j is and who may use it, as options of a store: of a URL with user and password in it, as `startNeo4j` gives. */
export function neo4jAccess(serviceUrl: string): { readonly url: string; readonly username: string; readonly password: string } {
  const { protocol, host, username, password } = new URL(serviceUrl)
  return { url: `${protocol}//${host}`, username: decodeURIComponent(username), password: decodeURIComponent(password) }
}
