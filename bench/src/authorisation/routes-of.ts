import type { Route } from './attack.ts'

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly security?: readonly { readonly bearer?: readonly string[] }[] }>>>
  >
}

/** Bodies that the routes take. */
const bodies: Readonly<Record<string, Route['bodies']>> = {
  '/v1/ingest': [{ type: 'application/json', text: '{"text":"I like tea."}' }],
  '/v1/query': [{ type: 'application/json', text: '{"question":"What do I like?"}' }],
  '/v1/import': [{ type: 'application/x-ndjson', text: '{}\n' }],
}

/** The routes that need a token, as the server's own document tells them. */
export async function routesOf(url: string): Promise<readonly Route[]> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security }]): readonly Route[] => {
      const permission = security?.[0]?.bearer?.[0]
      return permission === undefined ? [] : [{ method: method.toUpperCase(), path, permission, bodies: bodies[path] ?? [] }]
    }),
  )
}
