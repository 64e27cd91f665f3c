import { GraphMemError } from '@graphmem/core/spec'

/** @param problem what is wrong, as a sentence without a dot; never the value, which may be a key in the wrong place */
export function configInvalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot use OpenAI: ${field}: ${problem}.` })
}
