import { createRequire } from 'node:module'

/** Called before every statement that reaches libSQL, and after it. */
export type StatementWatch = (moment: 'before' | 'after', sql: string) => void

type Run = (...parameters: unknown[]) => unknown

interface NativeDatabase {
  prototype: { prepare: (sql: string) => { run: Run; get: Run; all: Run }; exec: (sql: string) => void }
}

/**
 * Wraps the native binding beneath `@libsql/client`, so that what the client adds of its own (`BEGIN`, `COMMIT`) is seen too: one call is one
 * statement of this process. Returns what ends it.
 */
export function watchStatements(watch: StatementWatch): () => void {
  const require = createRequire(import.meta.url)
  const client = require.resolve('@libsql/client')
  const { prototype } = createRequire(client)('libsql') as NativeDatabase
  const { prepare, exec } = prototype
  prototype.prepare = function watchedPrepare(sql) {
    const statement = prepare.call(this, sql)
    for (const method of ['run', 'get', 'all'] as const) {
      const original = statement[method]
      statement[method] = (...parameters) => watched(watch, sql, () => original.apply(statement, parameters))
    }
    return statement
  }
  prototype.exec = function watchedExec(sql) {
    watched(watch, sql, () => exec.call(this, sql))
  }
  return () => {
    Object.assign(prototype, { prepare, exec })
  }
}

function watched<T>(watch: StatementWatch, sql: string, run: () => T): T {
  watch('before', sql)
  const result = run()
  watch('after', sql)
  return result
}
