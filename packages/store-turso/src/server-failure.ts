import { LibsqlBatchError, LibsqlError } from '@libsql/client'
import { RequestFailure } from './request-failure.ts'

/** What the driver threw over a request to a server, as its code alone. */
export function serverFailure(error: unknown): unknown {
  if (error instanceof LibsqlError) {
    return new RequestFailure(error.code, error instanceof LibsqlBatchError ? error.statementIndex : undefined)
  }
  return error instanceof SyntaxError || error instanceof TypeError ? new RequestFailure('NOT_LIBSQL') : error
}
