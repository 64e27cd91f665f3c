import { GraphMemError } from '@graphmem/core'

/** @param problem what is wrong with the variable, as a sentence without a dot; never its value */
export function settingInvalid(variable: string, problem: string, cause?: unknown): GraphMemError {
  return new GraphMemError({
    code: 'CONFIG_INVALID',
    field: variable,
    message: `Cannot start the server: ${variable}: ${problem}.`,
    cause,
  })
}
