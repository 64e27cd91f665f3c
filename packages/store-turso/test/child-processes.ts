import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** A real process that runs a program of `test/programs` with this package's sources. */
export function childProcess([program = '', ...parameters]: readonly string[]): ChildProcess {
  const file = join(import.meta.dirname, 'programs', program)
  const child = spawn(process.execPath, ['--conditions=graphmem-source', file, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** What each of several processes that run at the same time printed. */
export async function inChildProcesses(count: number, commandOf: (number: number) => readonly string[]): Promise<readonly string[]> {
  const children = Array.from({ length: count }, (_, number) => childProcess(commandOf(number)))
  return Promise.all(
    children.map(async (child) => {
      const [printed] = await Promise.all([child.stdout ? text(child.stdout) : '', once(child, 'close')])
      return printed.trim()
    }),
  )
}
