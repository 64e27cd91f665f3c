import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What has gone over a wire. */
export interface Traffic {
  readonly sent: number
  readonly received: number
  /** How often the client spoke and then was answered, whatever the number of messages: what it waits for, times the latency. */
  readonly roundTrips: number
}

/** A way to a server on loopback that counts what passes. */
export interface Wire extends AsyncDisposable {
  readonly port: number
  /** What has passed since the last time this was asked. */
  taken(): Traffic
}

/** Passes everything on to a port of this machine. */
export async function wireTo(port: number): Promise<Wire> {
  let [sent, received, roundTrips] = [0, 0, 0]
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    let isAnswered = true
    client.on('data', (bytes) => {
      if (isAnswered) roundTrips += 1
      isAnswered = false
      sent += bytes.length
    })
    upstream.on('data', (bytes) => {
      isAnswered = true
      received += bytes.length
    })
    client.setNoDelay(true).pipe(upstream.setNoDelay(true)).pipe(client)
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    taken() {
      const traffic = { sent, received, roundTrips }
      ;[sent, received, roundTrips] = [0, 0, 0]
      return traffic
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
