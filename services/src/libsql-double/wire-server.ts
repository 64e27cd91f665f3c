import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { openDatabase, type WireDatabase, type WireRequest, type WireStream, wireStream } from './wire-stream.ts'

export interface WireServerOptions {
  /** Where the databases are: a file each. */
  readonly folder: string
  /** What every request has to bear. */
  readonly authToken: string
}

interface Pipeline {
  readonly baton?: string | null
  readonly requests: readonly WireRequest[]
}

interface Open {
  readonly stream: WireStream
  /** Gives its connection to the next one. */
  readonly end: () => void
}

interface Kept extends Open {
  readonly timer: NodeJS.Timeout
}

const streamTimeoutMs = 10_000

/**
 * Hrana 2 over HTTP in JSON, on the real libSQL engine: a double of a libSQL server, with the real engine and wire format, and not the
 * server's own code. `/v2/pipeline` speaks to the database `default`, `/NAME/v2/pipeline` to another, which is made when it is asked for. No
 * JWT, no WebSocket, no replication. A request with the header `x-kill-after-step: N` ends the process as soon as a batch has executed N
 * statements.
 */
export function wireServer({ folder, authToken }: WireServerOptions): Server {
  const streams = new Map<string, Kept>()
  /** Connections to each database that nobody is using. */
  const idle = new Map<string, WireDatabase[]>()

  function begin(name: string, killAfter: number): Open {
    const database = idle.get(name)?.pop() ?? openDatabase(join(folder, `${name}.db`))
    const stream = wireStream(database, (steps) => steps === killAfter && endAtOnce())
    const end = () => {
      stream.drop()
      idle.set(name, [...(idle.get(name) ?? []), database])
    }
    return { stream, end }
  }

  function take(baton: string): Open | undefined {
    const kept = streams.get(baton)
    clearTimeout(kept?.timer)
    streams.delete(baton)
    return kept
  }

  function keep(open: Open): string {
    const baton = randomUUID()
    streams.set(baton, { ...open, timer: setTimeout(() => take(baton)?.end(), streamTimeoutMs) })
    return baton
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.authorization !== `Bearer ${authToken}`) return send(response, 401, { error: 'Unauthorized' })
    const [, name = 'default'] = /^\/(?:([a-z0-9-]{1,63})\/)?v2\/pipeline$/.exec(request.url ?? '') ?? [undefined, '']
    if (request.method !== 'POST' || name === '') return send(response, 404, { error: 'Not found' })
    const killAfter = Number(request.headers['x-kill-after-step'] ?? Number.NaN)
    const { baton, requests } = (await json(request)) as Pipeline
    const open = baton ? take(baton) : begin(name, killAfter)
    if (!open) return send(response, 400, { message: 'The stream has expired due to inactivity', code: 'STREAM_EXPIRED' })
    const results = requests.map((each) => open.stream.answer(each))
    if (open.stream.closed) open.end()
    send(response, 200, { baton: open.stream.closed ? null : keep(open), base_url: null, results })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => send(response, 500, { message: String(error), code: 'INTERNAL' }))
  })
  // A client on a busy machine may not hear in time that an idle connection was closed.
  server.keepAliveTimeout = 120_000
  return server
}

function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL')
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
