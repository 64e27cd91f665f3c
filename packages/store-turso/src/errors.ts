import { GraphMemError, type GraphMemErrorCode } from '@graphmem/core/spec'

interface Answer {
  readonly code: GraphMemErrorCode
  readonly field?: string
  readonly problem: string
  readonly retryable?: boolean
}

const full: Answer = {
  code: 'STORE_FULL',
  problem: 'the disk or the quota of the database is full. Nothing of the call was kept; make room and call again',
}

const readOnly: Answer = {
  code: 'STORE_READ_ONLY',
  problem: 'the database file, or the folder it is in, cannot be written. Give this process write access to both, reads need it too',
}

const corrupt: Answer = {
  code: 'STORE_CORRUPT',
  problem: 'the file is no database, or is damaged. Put a backup in its place, or name another file',
}

const busy: Answer = {
  code: 'STORE_BUSY',
  problem: 'someone else has locked the database for longer than the store waits. Call again',
  retryable: true,
}

const closed: Answer = { code: 'CLOSED', problem: 'the store was closed. Open another one' }

/** The first statement of a write guards the rest: it fails where the memory has moved on. */
const conflict: Answer = { code: 'CONFLICT', problem: 'another writer came between. Read the head and call again', retryable: true }

const unauthorised: Answer = {
  code: 'CONFIG_INVALID',
  field: 'authToken',
  problem: 'the server does not take the token, or was given none. Give one that may read and write this database as `authToken`',
}

const noDatabase: Answer = {
  code: 'CONFIG_INVALID',
  field: 'url',
  problem: 'the server has no such database. Make it there, or mend the URL',
}

const certificate: Answer = { code: 'CONFIG_INVALID', field: 'url', problem: "the server's certificate is not trusted" }

const unreachable: Answer = {
  code: 'STORE_FAILED',
  problem: 'the server cannot be reached, or the connection broke. Whether a write was done is not known; call again',
  retryable: true,
}

const timeout: Answer = {
  code: 'STORE_BUSY',
  problem: 'the server did not answer within `timeoutMs`. Whether a write was done is not known; call again',
  retryable: true,
}

const overloaded: Answer = { code: 'STORE_BUSY', problem: 'the server has too much to do. Call again', retryable: true }

const blocked: Answer = {
  code: 'STORE_FULL',
  problem: 'the server has blocked the database, as when a quota is used up. Nothing of the call was kept',
}

const tooLarge: Answer = {
  code: 'STORE_FAILED',
  problem: 'a request or an answer is larger than the server allows. Raise its limits, or write less at a time',
}

const notLibsql: Answer = { code: 'CONFIG_INVALID', field: 'url', problem: 'what answers is no libSQL server' }

const noCopy: Answer = {
  code: 'CONFIG_INVALID',
  field: 'url',
  problem: 'the file is no copy of a server. Name one that is not there: it is made',
}

const unknown: Answer = { code: 'STORE_FAILED', problem: 'the database failed; its own error is the cause of this one' }

/** By the codes of SQLite, of the client, of servers and of the file system. */
const answers: Readonly<Record<string, Answer>> = {
  SQLITE_BUSY: busy,
  SQLITE_LOCKED: busy,
  SQLITE_PROTOCOL: busy,
  SQLITE_READONLY: readOnly,
  SQLITE_PERM: readOnly,
  EACCES: readOnly,
  EPERM: readOnly,
  EROFS: readOnly,
  SQLITE_FULL: full,
  ENOSPC: full,
  EDQUOT: full,
  SQLITE_CORRUPT: corrupt,
  SQLITE_NOTADB: corrupt,
  SQLITE_FORMAT: corrupt,
  CLIENT_CLOSED: closed,
  TRANSACTION_BUSY: overloaded,
  TRANSACTION_TIMEOUT: overloaded,
  BLOCKED: blocked,
  RESPONSE_TOO_LARGE: tooLarge,
  TIMEOUT: timeout,
  UNREACHABLE: unreachable,
  CERTIFICATE: certificate,
  NOT_LIBSQL: notLibsql,
  HRANA_PROTO_ERROR: notLibsql,
  NO_COPY: noCopy,
  HTTP_401: unauthorised,
  HTTP_403: unauthorised,
  HTTP_404: noDatabase,
  HTTP_408: timeout,
  HTTP_413: tooLarge,
  HTTP_429: overloaded,
  HTTP_502: overloaded,
  HTTP_503: overloaded,
  HTTP_504: overloaded,
}

/** What the driver or the file system threw, as the error this project throws. `doing` says what failed: "Cannot read the memory". */
export function storeError(error: unknown, doing: string): GraphMemError {
  if (GraphMemError.is(error)) return error
  const { code, problem, retryable = false, field } = answerTo(error)
  return new GraphMemError({ code, message: `${doing}: ${problem}.`, retryable, cause: error, ...(field === undefined ? {} : { field }) })
}

/** The code of an error of SQLite, of the client or of the file system. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** Whether the connection on which this was thrown should not be used again. A constraint that does not hold leaves it as it was. */
export function breaksConnection(error: unknown): boolean {
  return !GraphMemError.is(error) && codeOf(error) !== '' && codeOf(error) !== 'SQLITE_CONSTRAINT'
}

function answerTo(error: unknown): Answer {
  const isGuard = typeof error === 'object' && error !== null && 'statementIndex' in error && error.statementIndex === 0
  if (isGuard && codeOf(error) === 'SQLITE_CONSTRAINT') return conflict
  return answers[codeOf(error)] ?? unknown
}
