import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { childServer } from './child-server.ts'
import { freePort } from './free-port.ts'
import type { Service } from './service.ts'

const variable = 'GRAPHMEM_TEST_LIBSQL_URL'

/** A double of a libSQL server in a process of its own. Its `url` has the token in it, as `http://127.0.0.1:8080?authToken=…`. */
export interface LibsqlDouble extends Service {
  /** Ends the process without warning. */
  kill(): Promise<void>
  /** Starts it again, on the same port and databases. */
  restart(): Promise<void>
}

/**
 * A double of a libSQL server of our own (the real engine and wire format, not the server's own code), or the real one that
 * `GRAPHMEM_TEST_LIBSQL_URL` names, as `https://host?authToken=…`. A real one keeps its data from one run to the next.
 */
export async function startLibsql(): Promise<Service> {
  const named = process.env[variable]
  if (named !== undefined) return { name: `libSQL server at ${variable}`, url: named, [Symbol.asyncDispose]: async () => {} }
  return startLibsqlDouble()
}

export async function startLibsqlDouble(): Promise<LibsqlDouble> {
  // In memory where the system has such folders, for speed.
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'graphmem-libsql-'))
  const port = await freePort()
  const authToken = randomBytes(12).toString('hex')
  const program = fileURLToPath(new URL(`./libsql-double/program${extname(import.meta.url)}`, import.meta.url))
  const start = () =>
    childServer({
      command: process.execPath,
      args: [program, folder, String(port), authToken],
      readyWhen: /^READY/m,
      timeoutMs: 20_000,
    })
  let server = await start()
  const kill = async () => {
    const { child } = server
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return {
    name: 'double of a libSQL server',
    url: `http://127.0.0.1:${port}?authToken=${authToken}`,
    kill,
    async restart() {
      await kill()
      server = await start()
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
