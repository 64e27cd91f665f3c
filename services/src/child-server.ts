import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { processGroup } from './process-group.ts'

export interface ChildServerOptions {
  readonly command: string
  readonly args: readonly string[]
  /** What it prints, on either stream, when it takes connections. */
  readonly readyWhen: RegExp
  readonly timeoutMs: number
  readonly env?: NodeJS.ProcessEnv
  /** It is ended with all that it started, also where this process is killed: for what starts others, or does not heed the end of its input. */
  readonly asGroup?: boolean
}

/** A server as a child of this process: ready when this resolves, stopped by `stop`, and gone when this process ends. */
export async function childServer(
  options: ChildServerOptions,
): Promise<{ readonly child: ChildProcess; readonly stop: () => Promise<void> }> {
  const child = spawn(options.command, options.args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    detached: options.asGroup === true,
  })
  const group = options.asGroup === true && child.pid !== undefined ? processGroup(child.pid) : undefined
  const kill = () => (group === undefined ? child.kill('SIGKILL') : group.kill())
  process.once('exit', kill)
  let said = ''
  const ready = new Promise<void>((resolve, reject) => {
    const failed = (problem: string) => reject(new Error(`${options.command} ${problem}\n${said}`))
    const timer = setTimeout(() => {
      kill()
      failed('did not start in time')
    }, options.timeoutMs)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        said = `${said}${data}`.slice(-20_000)
        if (options.readyWhen.test(said)) {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    child.once('error', (error) => failed(error.message))
    child.once('exit', (code) => {
      clearTimeout(timer)
      group?.kill()
      failed(`ended with ${code}`)
    })
  })
  await ready
  return {
    child,
    async stop() {
      process.off('exit', kill)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
