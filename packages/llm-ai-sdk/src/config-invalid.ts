import { GraphMemError } from '@graphmem/core/spec'

/** @param problem what is wrong, as a sentence without a dot */
export function configInvalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot use a model of the AI SDK: ${field}: ${problem}.` })
}
