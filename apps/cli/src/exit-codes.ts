import { GraphMemError, type GraphMemErrorCode } from '@graphmem/core'
import { CommanderError } from 'commander'
import { Interrupted } from './interruption.ts'

/** What the program's exit codes mean; the README and `--help` say the same. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** Wrong usage or bad input. Nothing was written. */
  refused: 2,
  /** Nothing was found. */
  notFound: 3,
  /** `doctor`, or `audit verify`, found faults. */
  foundFaults: 4,
  /** Ctrl-C. What was written is whole; the same command resumes. */
  interrupted: 130,
  terminated: 143,
} as const

export const exitCodesHelp = `Exit codes:
  0    done
  1    failed: the store, the disk, a passage that could not be read, or an id that stands for other content already
  2    wrong usage or bad input; nothing was written
  3    no information found
  4    doctor, or audit verify, found faults
  130  interrupted with Ctrl-C (143: by SIGTERM); what was written is whole, and the same command resumes`

/** What is found before anything is written. A changed episode is not: the batches before it may be there. */
const refusals: ReadonlySet<GraphMemErrorCode> = new Set(['SCOPE_INVALID', 'INPUT_INVALID', 'CONFIG_INVALID', 'UNSUPPORTED', 'NOT_EMPTY'])

export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return error.signalName === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted
  // Commander's own code for `--help` and `--version` is 0, and 1 for all that it refuses.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.refused
  return GraphMemError.is(error) && refusals.has(error.code) ? exitCodes.refused : exitCodes.failed
}
