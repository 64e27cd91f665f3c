import type { Speaker } from './two-users.ts'

/** Lines for a shell, which work as they are. */
export function curlLines(url: string, { alice, bob }: Readonly<Record<'alice' | 'bob', Speaker>>): readonly string[] {
  const post = (path: string, speaker: Speaker, body: unknown) =>
    `curl -s ${url}${path} -H 'authorization: Bearer ${speaker.token}' -H 'content-type: application/json' -d '${JSON.stringify(body)}'`
  const get = (path: string, speaker: Speaker) => `curl -s ${url}${path} -H 'authorization: Bearer ${speaker.token}'`
  return [
    post('/v1/query', alice, { question: 'Where do I work?' }),
    post('/v1/query', bob, { question: 'Where does Alice work?' }),
    post('/v1/ingest', bob, { text: 'I live in Lisbon.' }),
    get('/v1/memories/default/facts', bob),
    get('/v1/audit?limit=3', alice),
    `curl -s ${url}/openapi.json`,
  ]
}
