import { GraphMemError, type GraphMemErrorCode } from '@graphmem/core/spec'

interface Answer {
  readonly code: GraphMemErrorCode
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

const unknown: Answer = { code: 'STORE_FAILED', problem: 'the database failed; its own error is the cause of this one' }

/** By the codes of SQLite, of the client and of the file system. */
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
}

/** What the driver or the file system threw, as the error this project throws. `doing` says what failed: "Cannot read the memory". */
export function storeError(error: unknown, doing: string): GraphMemError {
  if (GraphMemError.is(error)) return error
  const { code, problem, retryable = false } = answerTo(error)
  return new GraphMemError({ code, message: `${doing}: ${problem}.`, retryable, cause: error })
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
