import { type CallOptions, type Diagnosis, type Finding, type FindingExample, fromStoredText, unlessAborted } from '@graphmem/core/spec'
import type { Driver } from 'neo4j-driver'
import type { Row } from '../rows.ts'
import type { Check } from './check.ts'
import { checks } from './checks.ts'
import { pythonChecks } from './python-checks.ts'

const examplesShown = 5

/**
 * Looks at a database. The one exception to the rule that every statement is bound to a scope, and the one module of the doctor that runs any:
 * it only reads, in sessions that cannot write. What Neo4j reads is not of one moment: look again at what is found while others write.
 */
export async function readDatabase(driver: Driver, database: string | undefined, { signal }: CallOptions): Promise<Diagnosis> {
  const session = driver.session({ defaultAccessMode: 'READ', ...(database === undefined ? {} : { database }) })
  const read = async (cypher: string): Promise<readonly Row[]> => {
    signal?.throwIfAborted()
    const { records } = await unlessAborted(session.run(cypher, { shown: BigInt(examplesShown) }), signal)
    return records.map((record) => record.toObject())
  }
  try {
    const [format] = await read('MATCH (format:GraphMemFormat) RETURN format.version AS version LIMIT 1')
    const [entity] = await read("MATCH (it:Entity) WHERE it['memory_id'] IS NOT NULL RETURN 1 AS one LIMIT 1")
    const layout = format !== undefined ? 'graphmem' : entity !== undefined ? 'python' : 'empty'
    // One database may have both: their nodes have other labels, but for `Memory`, and other names of properties.
    const wanted = [...(format === undefined ? [] : checks), ...(entity === undefined ? [] : pythonChecks)]
    const findings: Finding[] = []
    for (const check of wanted) findings.push(...findingOf(check, (await read(withExamples(check)))[0]))
    const memories = format === undefined ? [] : await read(listed)
    return {
      layout,
      findings,
      memories: memories.map((row) => ({ userId: String(row['userId']), memoryId: String(row['memoryId']) })),
    }
  } finally {
    await session.close()
  }
}

const listed = `MATCH (memory:Memory) WHERE memory.userId IS NOT NULL
  RETURN memory.userId AS userId, memory.memoryId AS memoryId ORDER BY userId, memoryId`

function withExamples({ cypher }: Check): string {
  return `CALL () { ${cypher} } WITH userId, memoryId, id ORDER BY userId, memoryId, id
    WITH collect({userId: userId, memoryId: memoryId, id: id}) AS faults RETURN size(faults) AS total, faults[..$shown] AS examples`
}

function findingOf({ code, what, remedy }: Check, row: Row | undefined): readonly Finding[] {
  const count = Number(row?.['total'] ?? 0)
  if (row === undefined || count === 0) return []
  const examples = (row['examples'] as readonly Row[]).map(
    (example): FindingExample =>
      Object.fromEntries(
        Object.entries(example).flatMap(([name, value]) =>
          value === null || value === undefined ? [] : [[name, fromStoredText(String(value))]],
        ),
      ),
  )
  return [{ code, what, count, examples, remedy }]
}
