import { Client } from 'undici'
import type { Operation, Perform } from './operation.ts'

/** An answer that was not what was asked for. */
export class NotAnswered extends Error {
  readonly status: number

  constructor(status: number) {
    super(`The server answered ${status}.`)
    this.status = status
  }
}

/** What a user does over one connection, which stays open. */
export interface Connection extends AsyncDisposable {
  readonly perform: Perform
}

/** Opens a connection of a user. @throws NotAnswered, from `perform`, for any status but 200 */
export function overHttp(url: string, token: string): Connection {
  const client = new Client(url, { pipelining: 1 })
  const authorization = `Bearer ${token}`
  return {
    async perform(operation) {
      const { method, path, body } = requestOf(operation)
      const headers = body === undefined ? { authorization } : { authorization, 'content-type': 'application/json' }
      const answer = await client.request({ method, path, headers, body: body === undefined ? null : JSON.stringify(body) })
      await answer.body.bytes()
      if (answer.statusCode !== 200) throw new NotAnswered(answer.statusCode)
    },
    [Symbol.asyncDispose]: () => client.destroy(),
  }
}

function requestOf(operation: Operation): { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown } {
  switch (operation.kind) {
    case 'query':
      return { method: 'POST', path: '/v1/query', body: { question: operation.question } }
    case 'ingest':
      return { method: 'POST', path: '/v1/ingest', body: { text: operation.text } }
    case 'facts':
    case 'episodes':
      return { method: 'GET', path: `/v1/memories/default/${operation.kind}` }
    case 'memories':
      return { method: 'GET', path: '/v1/memories' }
  }
}
