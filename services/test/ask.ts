import type { ModelServerAccess } from '../src/model-server.ts'

/** A POST where there is a body, else a GET. */
export async function ask(server: ModelServerAccess | undefined, path: string, body?: object): Promise<Response> {
  if (server === undefined) throw new Error('there is no server')
  return fetch(`${server.url}${path}`, {
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
}

/** The JSON that a server answers with. */
export async function answerOf<Answer>(server: ModelServerAccess | undefined, path: string, body?: object): Promise<Answer> {
  const response = await ask(server, path, body)
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as Answer
}
