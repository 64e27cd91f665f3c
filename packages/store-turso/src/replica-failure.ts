import { LibsqlError } from '@libsql/client'
import { RequestFailure } from './request-failure.ts'
import { serverFailure } from './server-failure.ts'

/** What the driver threw over a copy, as its code alone. What it passes on from the server has none, and is known by its words. */
export function replicaFailure(error: unknown): unknown {
  // Another call has just given the client up: the next one opens the copy again.
  if (error instanceof LibsqlError && error.code === 'CLIENT_CLOSED') return new RequestFailure('UNREACHABLE')
  if (error instanceof LibsqlError && error.code !== '' && error.code !== 'SQLITE_ERROR') return serverFailure(error)
  const said = error instanceof Error ? error.message : ''
  if (/constraint failed: applies\b/i.test(said)) return new RequestFailure('SQLITE_CONSTRAINT', 0)
  if (/constraint failed/i.test(said)) return new RequestFailure('SQLITE_CONSTRAINT')
  if (/unauthenticated|unauthorized|permission ?denied|\b401\b/i.test(said)) return new RequestFailure('HTTP_401')
  if (/database is locked|busy/i.test(said)) return new RequestFailure('SQLITE_BUSY')
  if (/wal_index/i.test(said)) return new RequestFailure('NO_COPY')
  if (/unimplemented/i.test(said)) return new RequestFailure('NOT_LIBSQL')
  if (/sync error|write ?delegation|replication|handshake|connect error/i.test(said)) return new RequestFailure('UNREACHABLE')
  return serverFailure(error)
}
