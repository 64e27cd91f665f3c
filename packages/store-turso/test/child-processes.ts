import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const programs = {
  'first-use': new URL('./programs/first-use.ts', import.meta.url),
  'hold-lock': new URL('./programs/hold-lock.ts', import.meta.url),
  'keep-writing': new URL('./programs/keep-writing.ts', import.meta.url),
  'without-rights': new URL('./programs/without-rights.ts', import.meta.url),
}

type Command = readonly [program: keyof typeof programs, ...parameters: string[]]

/** A real process that runs one of the programs with this package's sources. */
export function childProcess([program, ...parameters]: Command): ChildProcess {
  const file = fileURLToPath(programs[program])
  const child = spawn(process.execPath, ['--conditions=graphmem-source', file, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** What each of several processes that run at the same time printed. */
export async function inChildProcesses(count: number, commandOf: (number: number) => Command): Promise<readonly string[]> {
  const children = Array.from({ length: count }, (_, number) => childProcess(commandOf(number)))
  return Promise.all(
    children.map(async (child) => {
      const [printed] = await Promise.all([child.stdout ? text(child.stdout) : '', once(child, 'close')])
      return printed.trim()
    }),
  )
}
