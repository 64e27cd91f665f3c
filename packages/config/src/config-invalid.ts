import { GraphMemError } from '@graphmem/core'

/** @param problem what is wrong, as a sentence without a dot */
export function configInvalid(field: string, problem: string, cause?: unknown): GraphMemError {
  return new GraphMemError({
    code: 'CONFIG_INVALID',
    field,
    message: `Cannot use the settings: ${problem.replace(/[.]$/, '')}${/[?]$/.test(problem) ? '' : '.'}`,
    cause,
  })
}
