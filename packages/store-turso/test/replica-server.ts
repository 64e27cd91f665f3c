import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'

/**
 * As much of a server as a copy follows: a log whose frames are the pages of one SQLite file, of the format of WAL replication
 * (`libsql-replication/proto/replication_log.proto`), read anew for each copy. It takes no writes. In a thread of its own, because the driver
 * waits for it synchronously.
 */
export interface ReplicaServer {
  readonly url: string
  /** The paths that were asked for, in order. */
  asked(): Promise<readonly string[]>
  stop(): Promise<void>
}

export async function replicaServer(path: string): Promise<ReplicaServer> {
  const worker = new Worker(program, { eval: true, workerData: path })
  const stop = async () => void (await worker.terminate())
  onTestFinished(stop)
  const [port] = await once(worker, 'message')
  return {
    url: `http://127.0.0.1:${port}`,
    async asked() {
      worker.postMessage('asked')
      return (await once(worker, 'message'))[0]
    },
    stop,
  }
}

const program = `
  const { createServer } = require('node:http')
  const { readFileSync } = require('node:fs')
  const { parentPort, workerData } = require('node:worker_threads')
  const asked = []

  const varint = (n) => (n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))])
  const field = (number, bytes) => Buffer.concat([Buffer.from([number * 8 + 2, ...varint(bytes.length)]), bytes])
  const message = (flag, bytes) => {
    const head = Buffer.alloc(5)
    head[0] = flag
    head.writeUInt32BE(bytes.length, 1)
    return Buffer.concat([head, bytes])
  }
  const offsetIn = (body) => {
    let offset = 0
    for (let i = 6, shift = 1; i < body.length; i++, shift *= 128) {
      offset += (body[i] & 127) * shift
      if (body[i] < 128) break
    }
    return offset
  }
  const frames = (from) => {
    const file = readFileSync(workerData)
    const pages = file.length / 4096
    return Array.from({ length: pages }, (_, i) => i).filter((i) => i >= from).map((i) => {
      const head = Buffer.alloc(24)
      head.writeBigUInt64LE(BigInt(i), 0)
      head.writeUInt32LE(i + 1, 16)
      head.writeUInt32LE(i === pages - 1 ? pages : 0, 20)
      return field(1, field(1, Buffer.concat([head, file.subarray(i * 4096, (i + 1) * 4096)])))
    })
  }
  const hello = () => Buffer.concat([
    field(1, Buffer.from('7d7e5b7e-0000-4000-8000-000000000001')),
    field(3, Buffer.from('7d7e5b7e-0000-4000-8000-000000000002')),
    field(4, Buffer.from('7d7e5b7e-0000-4000-8000-000000000003')),
  ])

  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      asked.push(request.url)
      const method = request.url.split('/').at(-1)
      const answer = method === 'Hello' ? hello() : method === 'BatchLogEntries' ? Buffer.concat(frames(offsetIn(Buffer.concat(chunks)))) : undefined
      if (answer === undefined) return response.writeHead(404).end()
      response.writeHead(200, { 'content-type': 'application/grpc-web' })
      response.end(Buffer.concat([message(0, answer), message(128, Buffer.from('grpc-status:0\\r\\n'))]))
    })
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
  parentPort.on('message', () => parentPort.postMessage(asked))
`
