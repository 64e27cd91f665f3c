import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startServerOfChild } from './server-of-child.ts'

const program = fileURLToPath(new URL('programs/starts-server-of-child.ts', import.meta.url))

describe('a server that runs as a group', () => {
  it('is stopped with what it started', async () => {
    const { port, stop } = await startServerOfChild()
    const socket = await connected(port)
    await Promise.all([closed(socket), stop()])
  })

  it('ends with what it started when the process that started it is killed', async () => {
    const parent = spawn(process.execPath, ['--conditions=graphmem-source', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [port] = await once(createInterface(parent.stdout), 'line')
    const socket = await connected(Number(port))
    parent.kill('SIGKILL')
    await closed(socket)
    // A moment may go by between the end of a connection and that of the port.
    while (await isOpen(Number(port))) await wait(10)
    expect(await isOpen(Number(port))).toBe(false)
  })
})

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function isOpen(port: number): Promise<boolean> {
  try {
    const socket = await connected(port)
    socket.destroy()
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
    return false
  }
}

/** Resolves when nobody is at the other end: a killed process may reset the connection. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => {}).once('close', () => resolve())
    socket.resume()
  })
}
