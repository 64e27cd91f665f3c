import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** What goes wrong with a request: it is answered otherwise, changed, or not at all. */
export type Fault =
  | { readonly kind: 'hangs' }
  | { readonly kind: 'is cut before the server has it' }
  | { readonly kind: 'is cut when the server has done it' }
  | { readonly kind: 'is answered'; readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'kills the server after a step'; readonly step: number }

/** A server between a store and a libSQL server: it counts what passes, and breaks what it is told to. */
export interface WatchedServer {
  /** Beneath which the other server's databases are. */
  readonly url: string
  /** The bodies of what came, in order. */
  readonly requests: readonly string[]
  /** What happens to the next requests, one each; `undefined` for nothing. */
  readonly faults: (Fault | undefined)[]
  /** How many requests a call takes. */
  countOf(call: () => Promise<unknown>): Promise<number>
}

export interface WatchedServerOptions {
  /** Changes the body on its way. */
  readonly rewriteBody?: (body: string) => string
  /** Changes the path on its way. */
  readonly rewritePath?: (path: string) => string
}

/** It goes with the test. */
export async function watchedServer(target: string, { rewriteBody, rewritePath }: WatchedServerOptions = {}): Promise<WatchedServer> {
  const requests: string[] = []
  const faults: (Fault | undefined)[] = []

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    requests.push(body)
    const fault = faults.shift()
    if (fault?.kind === 'hangs') return
    if (fault?.kind === 'is cut before the server has it') return void request.socket.destroy()
    if (fault?.kind === 'is answered') return void response.writeHead(fault.status, fault.headers).end(fault.body)
    const path = request.url ?? '/'
    const answer = await fetch(`${target}${rewritePath?.(path) ?? path}`, {
      method: 'POST',
      headers: {
        authorization: request.headers.authorization ?? '',
        ...(fault?.kind === 'kills the server after a step' ? { 'x-kill-after-step': String(fault.step) } : {}),
      },
      body: rewriteBody?.(body) ?? body,
    })
    const answered = await answer.text()
    if (fault?.kind === 'is cut when the server has done it') return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(answered)
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => request.socket.destroy())
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    requests,
    faults,
    async countOf(call) {
      const before = requests.length
      await call()
      return requests.length - before
    },
  }
}
