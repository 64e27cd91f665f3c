import { once } from 'node:events'
import { startChild } from '../start-child.ts'
import type { LibraryCommand } from './library-command.ts'
import type { Timings } from './timings.ts'

/** The library in a process of its own. */
export interface LibraryProcess extends AsyncDisposable {
  /** Has all users do one thing after another for so long. */
  readonly work: (durationMs: number) => Promise<Timings>
}

export async function libraryProcess(users: number, env: Readonly<Record<string, string>>): Promise<LibraryProcess> {
  const child = startChild('server/library-child', [String(users)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env })
  const ended = once(child, 'exit')
  await once(child, 'message')
  return {
    async work(durationMs) {
      child.send({ durationMs } satisfies LibraryCommand)
      const [timings] = await once(child, 'message')
      return timings
    },
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await ended
    },
  }
}
