import { once } from 'node:events'
import { startChild } from '../start-child.ts'
import type { FloodCommand, FloodOutcome } from './flood-command.ts'

/** Somebody who floods a server, in a process of its own: what a client's many connections cost is not to be the measured one's. */
export interface FloodProcess extends AsyncDisposable {
  readonly flood: (command: FloodCommand) => Promise<FloodOutcome>
}

export async function floodProcess(): Promise<FloodProcess> {
  const child = startChild('server/flood-child', [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  await once(child, 'message')
  return {
    async flood(command) {
      child.send(command)
      const [outcome] = await once(child, 'message')
      return outcome
    },
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await ended
    },
  }
}
