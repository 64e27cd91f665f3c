import Database from 'libsql'
import { isAllowedStatement } from './allowed-statement.ts'
import { fromWire, toWire, type WireValue } from './wire-values.ts'

/** One of the requests of a pipeline, https://github.com/tursodatabase/libsql/blob/main/docs/HRANA_3_SPEC.md#requests */
export type WireRequest =
  | { readonly type: 'close' }
  | { readonly type: 'execute'; readonly stmt: WireStatement }
  | { readonly type: 'batch'; readonly batch: { readonly steps: readonly WireStep[] } }
  | ({ readonly type: 'sequence' } & WireSql)
  | { readonly type: 'store_sql'; readonly sql_id: number; readonly sql: string }
  | { readonly type: 'close_sql'; readonly sql_id: number }
  | { readonly type: 'get_autocommit' }

interface WireSql {
  readonly sql?: string | null
  readonly sql_id?: number | null
}

interface WireStatement extends WireSql {
  readonly args?: readonly WireValue[]
  readonly named_args?: readonly { readonly name: string; readonly value: WireValue }[]
}

interface WireStep {
  readonly stmt: WireStatement
  readonly condition?: WireCondition | null
}

type WireCondition =
  | { readonly type: 'ok' | 'error'; readonly step: number }
  | { readonly type: 'not'; readonly cond: WireCondition }
  | { readonly type: 'and' | 'or'; readonly conds: readonly WireCondition[] }
  | { readonly type: 'is_autocommit' }

interface WireError {
  readonly message: string
  readonly code: string
}

type WireResult = { readonly type: 'ok'; readonly response: unknown } | { readonly type: 'error'; readonly error: WireError }

/** What a client says over one connection to a database, with the statements that it has named. */
export interface WireStream {
  readonly closed: boolean
  answer(request: WireRequest): WireResult
  /** Rolls back what is open. */
  drop(): void
}

/** A connection to a database, with the statements that were prepared on it. */
export interface WireDatabase {
  readonly database: Database.Database
  readonly statements: Map<string, Database.Statement>
}

/**
 * Opens a file. What was written outlives the process, if not the power. The double does one thing at a time: whoever holds a lock could not
 * let go of it while this waits.
 */
export function openDatabase(file: string): WireDatabase {
  const database = new Database(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA busy_timeout = 0; PRAGMA foreign_keys = ON')
  return { database, statements: new Map() }
}

/** `afterStep` is called with the number of statements that a batch has executed, after each. */
export function wireStream({ database, statements }: WireDatabase, afterStep: (steps: number) => void): WireStream {
  const texts = new Map<number, string>()
  let closed = false

  function textOf({ sql, sql_id }: WireSql): string {
    const text = sql ?? texts.get(sql_id ?? -1)
    if (text === undefined) throw refused('SQL_STORE_ERROR', 'SQL text not found')
    if (!isAllowedStatement(text)) throw refused('SQL_PARSE_ERROR', `SQL string could not be parsed: unsupported statement: ${text}`)
    return text
  }

  function execute(statement: WireStatement): unknown {
    const prepared = prepare(textOf(statement))
    prepared.safeIntegers(true)
    const named = (statement.named_args ?? []).map(({ name, value }) => [name.replace(/^[:@$]/, ''), fromWire(value)])
    const args = named.length > 0 ? [Object.fromEntries(named)] : [(statement.args ?? []).map(fromWire)]
    const before = changes()
    const rows = prepared.reader ? (prepared.raw(true).all(...args) as unknown[][]) : void prepared.run(...args)
    const after = changes()
    return {
      cols: prepared.reader ? prepared.columns().map(({ name, type }) => ({ name, decltype: type ?? null })) : [],
      rows: (rows ?? []).map((row) => row.map(toWire)),
      affected_row_count: before.total === after.total ? 0 : after.last,
      last_insert_rowid: String(after.rowid),
      replication_index: null,
    }
  }

  function prepare(sql: string): Database.Statement {
    try {
      const known = statements.get(sql)
      if (known !== undefined) return known
      const prepared = database.prepare(sql)
      statements.set(sql, prepared)
      return prepared
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_ERROR') throw error
      throw refused('SQL_INPUT_ERROR', `SQL input error: ${error instanceof Error ? error.message : error}`)
    }
  }

  function changes(): { readonly last: number; readonly total: number; readonly rowid: number } {
    const row = prepare('SELECT changes(), total_changes(), last_insert_rowid()').raw(true).get() as readonly number[]
    return { last: row[0] ?? 0, total: row[1] ?? 0, rowid: row[2] ?? 0 }
  }

  function batch(steps: readonly WireStep[]): unknown {
    const results: unknown[] = []
    const errors: (WireError | null)[] = []
    const holds = (condition: WireCondition): boolean => {
      switch (condition.type) {
        case 'ok':
          return results[condition.step] !== null
        case 'error':
          return errors[condition.step] !== null
        case 'not':
          return !holds(condition.cond)
        case 'and':
          return condition.conds.every(holds)
        case 'or':
          return condition.conds.some(holds)
        case 'is_autocommit':
          return !database.inTransaction
      }
    }
    let executed = 0
    for (const { stmt, condition } of steps) {
      let [result, error]: [unknown, WireError | null] = [null, null]
      if (!condition || holds(condition)) {
        try {
          result = execute(stmt)
        } catch (thrown) {
          error = wireError(thrown)
        }
        executed += 1
        afterStep(executed)
      }
      results.push(result)
      errors.push(error)
    }
    return { step_results: results, step_errors: errors }
  }

  function respond(request: WireRequest): object {
    switch (request.type) {
      case 'close':
        closed = true
        return {}
      case 'execute':
        return { result: execute(request.stmt) }
      case 'batch':
        return { result: batch(request.batch.steps) }
      case 'sequence':
        database.exec(textOf(request))
        return {}
      case 'store_sql':
        texts.set(request.sql_id, request.sql)
        return {}
      case 'close_sql':
        texts.delete(request.sql_id)
        return {}
      case 'get_autocommit':
        return { is_autocommit: !database.inTransaction }
    }
  }

  return {
    get closed() {
      return closed
    },
    answer(request) {
      try {
        return { type: 'ok', response: { type: request.type, ...respond(request) } }
      } catch (error) {
        return { type: 'error', error: wireError(error) }
      }
    },
    drop() {
      if (database.inTransaction) database.exec('ROLLBACK')
    },
  }
}

function refused(code: string, message: string): Error {
  return Object.assign(new Error(message), { code, isRefusal: true })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** As the server says it: the primary code of SQLite's alone. */
function wireError(error: unknown): WireError {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && 'isRefusal' in error) return { message, code: codeOf(error) }
  const primary = /^SQLITE_[A-Z]+/.exec(codeOf(error))?.[0] ?? 'SQLITE_UNKNOWN'
  return { message: `SQLite error: ${message}`, code: primary === 'SQLITE_ERROR' ? 'SQLITE_UNKNOWN' : primary }
}
