import { GraphMemError } from '@graphmem/core'
import { CommanderError } from 'commander'
import { Interrupted } from './interruption.ts'
import { note } from './terminal.ts'

/** Says in a line what went wrong; with GRAPHMEM_DEBUG=1 also where. */
export function printError(error: unknown): void {
  const message = messageOf(error)
  if (message !== '') note(`graphmem: ${message}`)
  const { GRAPHMEM_DEBUG: debug } = process.env
  if (debug === '1' && error instanceof Error) note(String(error.stack))
}

function messageOf(error: unknown): string {
  if (error instanceof Interrupted) return `${error.message}. What was written is whole; the same command resumes.`
  if (error instanceof CommanderError) {
    // Help has been printed by now.
    return /^\(outputHelp\)$/.test(error.message) || error.exitCode === 0
      ? ''
      : `${error.message.replace(/^error: /, '')}. See graphmem --help.`
  }
  if (GraphMemError.is(error)) return `${error.message} (${error.code})`
  return `an unexpected failure: ${error instanceof Error ? error.message : String(error)}. Set GRAPHMEM_DEBUG=1 to see where.`
}
