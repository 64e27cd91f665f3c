import { GraphMemError } from '@graphmem/core'

/** The error for a command line or an input that is wrong; `field` is the option or argument at fault. */
export function refusal(field: string, message: string, cause?: unknown): GraphMemError {
  return new GraphMemError({ code: 'INPUT_INVALID', field, message, cause })
}
