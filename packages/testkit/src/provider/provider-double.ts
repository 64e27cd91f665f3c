import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An answer of a provider, as bytes on the wire. */
export interface WireReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** The body, in the pieces in which it is written: of a stream, an event each. */
  readonly pieces: readonly (string | Uint8Array)[]
  /** After the pieces. `end`, the default: it is whole. `cut`: the connection is closed in the middle. `stall`: nothing more comes. */
  readonly ending?: 'end' | 'cut' | 'stall'
}

/** How a request is answered. `reset`: the connection is closed before an answer. `silence`: no answer comes. */
export type Reply = WireReply | 'reset' | 'silence'

/** A request as it arrived. */
export interface RecordedRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Parsed from JSON. */
  readonly body: unknown
}

/**
 * A double of a provider: an HTTP server on loopback that answers in the provider's documented format, so that the provider's own SDK is what is
 * tested with.
 */
export interface ProviderDouble extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string
  readonly requests: readonly RecordedRequest[]
  /** Answers the next requests, one each, and all that come after them as the last. */
  reply(...replies: readonly (Reply | ((request: RecordedRequest) => Reply))[]): void
  /** Asks for nothing, and is answered: what goes on meanwhile has had a turn. */
  exchange(): Promise<void>
  /** Resolves when a request was read whose answer is to stall or to stay out, with all of it written that is to come. */
  readonly waiting: Promise<void>
  /** Resolves when the client closed the connection of a request that is so waiting. */
  readonly abandoned: Promise<void>
}

export async function startProviderDouble(): Promise<ProviderDouble> {
  const requests: RecordedRequest[] = []
  let replies: readonly (Reply | ((request: RecordedRequest) => Reply))[] = ['reset']
  let answered = 0
  const waiting = Promise.withResolvers<void>()
  const abandoned = Promise.withResolvers<void>()

  const server = createServer((incoming, response) => {
    if (incoming.method === 'HEAD') return void response.end()
    void readBody(incoming).then((body) => {
      const request = { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body }
      requests.push(request)
      const next = replies[Math.min(answered, replies.length - 1)] ?? 'reset'
      answered += 1
      void answer(response, typeof next === 'function' ? next(request) : next)
    })
  })

  async function answer(response: ServerResponse, reply: Reply): Promise<void> {
    if (reply === 'reset') return void response.destroy()
    const waits = reply === 'silence' || reply.ending === 'stall'
    if (waits) response.once('close', abandoned.resolve)
    if (reply !== 'silence') {
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
      response.flushHeaders()
      for (const piece of reply.pieces) await new Promise((resolve) => response.write(piece, resolve))
      if (reply.ending === 'cut') return void response.destroy()
    }
    if (waits) waiting.resolve()
    else response.end()
  }

  // A connection that the server closes because it was idle for long, as on a busy machine, would look like one that was lost.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    requests,
    reply(...given) {
      replies = given
      answered = 0
    },
    async exchange() {
      const asked = httpRequest(url, { method: 'HEAD' }).end()
      const [answered] = (await once(asked, 'response')) as [IncomingMessage]
      answered.resume()
      await once(answered, 'end')
    },
    waiting: waiting.promise,
    abandoned: abandoned.promise,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A client that goes while it sends leaves a request that is not whole, and `undefined`. */
async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  try {
    for await (const piece of incoming) pieces.push(piece as Buffer)
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch {
    return undefined
  }
}
