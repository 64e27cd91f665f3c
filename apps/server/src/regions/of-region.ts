import { GraphMemError } from '@graphmem/core'

/** An error of settings, with the region whose they are. */
export function ofRegion(name: string, error: unknown): unknown {
  if (!GraphMemError.is(error) || error.code !== 'CONFIG_INVALID') return error
  const { code, field, message } = error
  return new GraphMemError({ code, ...(field === undefined ? {} : { field }), message: `Region ${name}: ${message}`, cause: error })
}
