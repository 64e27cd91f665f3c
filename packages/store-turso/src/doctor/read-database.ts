import { type CallOptions, type Diagnosis, type Finding, fromStoredText } from '@graphmem/core/spec'
import type { Client } from '@libsql/client'
import type { Check } from './check.ts'
import { checks } from './checks.ts'
import { pythonChecks } from './python-checks.ts'

const examplesShown = 5

/** Names of the tables by which a database is known; a database of the Python library has others of the same name as ours. */
const marks = { graphmem: 'migrations', python: 'relationships' } as const

/**
 * Looks at a database that is open, as it is at one moment. The one exception to the rule that every statement is bound to a scope, and the one
 * module of the doctor that speaks to the driver: it only reads, in transactions that cannot write.
 */
export async function readDatabase(
  client: Client,
  schema: 'main' | 'examined',
  { signal }: CallOptions,
): Promise<Diagnosis & { readonly owner: string | undefined }> {
  const read = async (statements: readonly string[]) => {
    signal?.throwIfAborted()
    return (await client.batch([...statements], 'read')).map(({ rows }) => rows)
  }
  const [tables = []] = await read([`SELECT name FROM ${schema}.sqlite_master WHERE type = 'table'`])
  const names = new Set(tables.map(({ name }) => String(name)))
  const layout = names.has(marks.graphmem) ? 'graphmem' : names.has(marks.python) ? 'python' : 'empty'
  if (layout === 'empty') return { layout, memories: [], findings: [], owner: undefined }
  const wanted = layout === 'graphmem' ? checks : pythonChecks
  const lists =
    layout === 'graphmem'
      ? ["SELECT user_id, memory_id FROM memories WHERE user_id <> '' AND memory_id <> '' ORDER BY 1, 2", 'SELECT user_id FROM owner']
      : []
  const results = await read([...wanted.map(withExamples), ...lists])
  const [memories = [], owners = []] = results.slice(wanted.length)
  return {
    layout,
    memories: memories.map((row) => ({ userId: String(row['user_id']), memoryId: String(row['memory_id']) })),
    findings: wanted.flatMap((check, place) => findingOf(check, results[place] ?? [])),
    owner: owners[0] === undefined ? undefined : String(owners[0]['user_id']),
  }
}

function withExamples({ sql }: Check): string {
  return `SELECT *, count(*) OVER () AS total FROM (${sql}) ORDER BY user_id, memory_id, id LIMIT ${examplesShown}`
}

function findingOf({ code, what, remedy }: Check, rows: readonly Readonly<Record<string, unknown>>[]): readonly Finding[] {
  const [first] = rows
  if (first === undefined) return []
  const text = (name: string, value: unknown) => (value === null || value === undefined ? {} : { [name]: fromStoredText(String(value)) })
  const examples = rows.map((row) => ({
    ...text('userId', row['user_id']),
    ...text('memoryId', row['memory_id']),
    ...text('id', row['id']),
  }))
  return [{ code, what, count: Number(first['total']), examples, remedy }]
}
