import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childServer } from '@graphmem/services/child-server'
import { freePort } from '@graphmem/services/free-port'
import { serverArguments } from '../start-child.ts'

export type Ending = 'SIGKILL' | 'SIGTERM'

/** A server process, from its start to its end. */
export interface ServerLife {
  readonly url: string
  /** What ended it, and when by `performance.now()`, as soon as it was told. */
  readonly ending: { readonly by: Ending; readonly at: number } | undefined
  /** Ends it, and waits until it is gone. `code` is `null` where the signal ended it. */
  end(by: Ending): Promise<{ readonly code: number | null; readonly durationMs: number }>
}

/** Starts `graphmem-server` on loopback, in an environment with nothing else in it. Resolves when it serves. */
export async function startServerLife(env: Readonly<Record<string, string>>): Promise<ServerLife> {
  const port = await freePort()
  const { child, stop } = await childServer({
    command: process.execPath,
    args: ['--no-warnings', ...serverArguments],
    readyWhen: /"msg":"serving"/,
    timeoutMs: 60_000,
    asGroup: true,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: join(tmpdir(), 'graphmem-bench-compiled'),
      GRAPHMEM_SERVER_PORT: String(port),
      ...env,
    },
  })
  let ending: ServerLife['ending']
  return {
    url: `http://127.0.0.1:${port}`,
    get ending() {
      return ending
    },
    async end(by) {
      const exited = once(child, 'exit')
      const at = performance.now()
      ending = { by, at }
      child.kill(by)
      const [code] = (await exited) as [number | null]
      await stop()
      return { code, durationMs: performance.now() - at }
    },
  }
}
