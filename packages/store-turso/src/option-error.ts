import { GraphMemError } from '@graphmem/core/spec'

export function invalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot make a turso store: ${field}: ${problem}.` })
}

export function unsupported(field: string, what: string, instead: string): GraphMemError {
  return new GraphMemError({
    code: 'UNSUPPORTED',
    field,
    message: `Cannot make a turso store: ${field}: ${what} is not supported. ${instead}.`,
  })
}
