import { GraphMemError, type GraphMemErrorCode } from '@graphmem/core/spec'

interface Answer {
  readonly code: GraphMemErrorCode
  readonly problem: string
  readonly retryable?: boolean
  readonly field?: string
}

const conflict: Answer = { code: 'CONFLICT', problem: 'another writer came between. Read the head and call again', retryable: true }

const busy: Answer = {
  code: 'STORE_BUSY',
  problem: 'the server was busy for longer than it, or the driver, waits. Call again',
  retryable: true,
}

const unreachable: Answer = {
  code: 'STORE_FAILED',
  problem:
    'the server cannot be reached, or the connection broke. See that it runs, that `url` names it, with `+s` if it wants TLS, and call again',
  retryable: true,
}

const certificate: Answer = {
  code: 'CONFIG_INVALID',
  field: 'url',
  problem:
    "the server's certificate is not trusted, or it speaks without one. `+s` in the URL takes certificates of known authorities, `+ssc` any",
}

const otherServer: Answer = {
  code: 'CONFIG_INVALID',
  field: 'url',
  problem: 'what answers there is no Bolt server. Bolt has a port of its own, 7687 if nothing else was set',
}

const ended: Answer = {
  code: 'STORE_BUSY',
  problem: 'the server ended the transaction, and kept nothing of it. Call again',
  retryable: true,
}

const credentials: Answer = { code: 'CONFIG_INVALID', field: 'password', problem: 'the server does not take this user with this password' }

const forbidden: Answer = {
  code: 'CONFIG_INVALID',
  field: 'username',
  problem: 'this user may not do that. Give it the right to read, to write, and, once, to make constraints and indexes',
}

const noDatabase: Answer = { code: 'CONFIG_INVALID', field: 'database', problem: 'the server has no database of this name' }

const tooOld: Answer = { code: 'UNSUPPORTED', problem: 'the server is too old. Neo4j 5.26 or later is needed' }

const readOnly: Answer = {
  code: 'STORE_READ_ONLY',
  problem:
    'the database cannot be written there. It is read-only, or the URL names a member of a cluster that does not lead; `neo4j://` finds the leader',
}

const full: Answer = { code: 'STORE_FULL', problem: 'the server has no disk or memory left. Nothing of the call was kept' }

const closed: Answer = { code: 'CLOSED', problem: 'the driver was closed. Open another store' }

/** By the codes of the server and of the driver; the longest beginning that fits counts. */
const answers: Readonly<Record<string, Answer>> = {
  // A guard of ours: the first statements of an apply divide by zero where the memory has moved on.
  'Neo.ClientError.Statement.ArithmeticError': conflict,
  'Neo.TransientError.Transaction.DeadlockDetected': conflict,
  // What a statement had found was deleted while it waited for a lock.
  'Neo.ClientError.Statement.EntityNotFound': conflict,
  'Neo.TransientError.': busy,
  'Neo.TransientError.General.MemoryPoolOutOfMemoryError': full,
  'Neo.TransientError.General.OutOfMemoryError': full,
  'Neo.ClientError.Transaction.TransactionTimedOut': busy,
  'Neo.ClientError.Transaction.LockClientStopped': ended,
  'Neo.ClientError.Transaction.Terminated': ended,
  'Neo.ClientError.Security.': credentials,
  'Neo.ClientError.Security.Forbidden': forbidden,
  'Neo.ClientError.Database.DatabaseNotFound': noDatabase,
  'Neo.ClientError.Statement.SyntaxError': tooOld,
  'Neo.ClientError.Cluster.NotALeader': readOnly,
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase': readOnly,
  'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase': readOnly,
  'Neo.DatabaseError.Transaction.TransactionCommitFailed': full,
  ServiceUnavailable: unreachable,
  SessionExpired: unreachable,
}

/**
 * What the driver threw, as the error this project throws. `doing` says what failed: "Cannot read the memory". The driver's own error is not
 * its cause: the server quotes values in its messages.
 */
export function storeError(error: unknown, doing: string): GraphMemError {
  if (GraphMemError.is(error)) return error
  const { code, problem, retryable = false, field } = answerTo(error)
  return new GraphMemError({ code, message: `${doing}: ${problem}.`, retryable, ...(field === undefined ? {} : { field }) })
}

function answerTo(error: unknown): Answer {
  const said = error instanceof Error ? error.message : ''
  if (/acquisition timed out/i.test(said)) return busy
  if (/certificate|\bSSL\b|\bTLS\b|ERR_TLS|wrong version number|secure TLS connection/i.test(said)) return certificate
  if (/(pool|driver) is closed|driver has been closed/i.test(said)) return closed
  if (/responded HTTP/.test(said)) return otherServer
  if (/protocol version|handshake/i.test(said)) return tooOld
  const code = codeOf(error)
  const known = Object.keys(answers)
    .filter((beginning) => code.startsWith(beginning))
    .sort((a, b) => b.length - a.length)[0]
  if (known !== undefined && answers[known] !== undefined) return answers[known]
  return { code: 'STORE_FAILED', problem: `the database failed with ${code === '' ? 'an error of no code' : code}` }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''
  return /^[\w.]+$/.test(code) ? code : ''
}
