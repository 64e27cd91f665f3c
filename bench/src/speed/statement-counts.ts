import { type GraphChanges, type Memory, type ScopedGraph, scope } from '@graphmem/core'
import type { BenchRow } from '../bench-row.ts'
import { watchStatements } from '../watch-statements.ts'
import { growMemory } from './grow-memory.ts'
import { type Laboratory, openGraphMem, openMemory, openStore } from './laboratory.ts'

/** How many statements reach libSQL, counted beneath the client: they must not depend on how much there is, or on how much is written. */
export async function statementCounts(lab: Laboratory): Promise<readonly BenchRow[]> {
  lab.note('statements of an apply and of a query')
  await using store = openStore('one libSQL file', lab, 'statements')
  const graphMem = openGraphMem(store, lab)
  const small = await queryStatements(openMemory(graphMem, 'small'), 4)
  const large = await queryStatements(openMemory(graphMem, 'large'), 2000)
  const applies: readonly string[][] = [
    ...(await applyStatements(store.open(scope({ userId: 'apply', memoryId: 'small' })), [10, 10])),
    ...(await applyStatements(store.open(scope({ userId: 'apply', memoryId: 'large' })), [5000, 10])),
  ]
  const applied = applies.map((statements) => statements.length)
  const asked = [...small.statements, ...large.statements]
  const counts = new Set(asked.map((statements) => statements.length))
  const before = new Set(asked.map((statements) => statements.findIndex((sql) => /\bchunks\b/.test(sql))))
  return [
    {
      measure: 'statements of an apply: of 10 records, 10 more; of 5,000, 10 more',
      value: applied.join(', '),
      goal: 'constant',
      holds: new Set(applied).size === 1,
    },
    {
      measure: `statements of a warm query, ${asked.length} questions, of memories of ${small.records} and ${large.records} records`,
      value: [...counts].join(', '),
      goal: 'constant',
      holds: counts.size === 1,
    },
    {
      measure: 'of which before the chosen chunks',
      value: [...before].join(', '),
      goal: '1, the head',
      holds: before.size === 1 && before.has(1),
    },
  ]
}

async function queryStatements(
  memory: Memory,
  entities: number,
): Promise<{ readonly statements: readonly string[][]; readonly records: number }> {
  const { questions } = await growMemory(memory, entities, 8)
  await memory.query(questions[0] ?? '')
  const statements: string[][] = []
  for (const question of questions.slice(0, 20)) statements.push(await statementsOf(() => memory.query(question)))
  const { records } = await memory.stats()
  return { statements, records: Object.values(records).reduce((sum, count) => sum + count, 0) }
}

async function applyStatements(graph: ScopedGraph, sizes: readonly number[]): Promise<readonly string[][]> {
  // The first call to a database also sets it up.
  await graph.head()
  const statements: string[][] = []
  for (const [place, size] of sizes.entries()) {
    const expect = await graph.head()
    const applyId = `apply ${place}`
    statements.push(await statementsOf(() => graph.apply(changesOf(size, applyId), { applyId, expect, generation: 'bench' })))
  }
  return statements
}

/** The SQL of every statement that was run in a call. */
async function statementsOf(call: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = []
  const stop = watchStatements((moment, sql) => {
    if (moment === 'before') statements.push(sql)
  })
  try {
    await call()
  } finally {
    stop()
  }
  return statements
}

/** A write of so many records, of several kinds, and a segment. */
function changesOf(records: number, prefix: string): GraphChanges {
  const ids = Array.from({ length: records / 5 }, (_, place) => `${prefix} ${place}`)
  const span = { start: 0, end: 4 }
  const recordedAt = 0
  return {
    put: {
      episodes: ids.map((id) => ({
        id,
        key: id,
        kind: 'text',
        text: 'text',
        tags: [],
        metadata: {},
        contentHash: id,
        chunkCount: 1,
        recordedAt,
      })),
      chunks: ids.map((id) => ({ id, episodeId: id, index: 0, span, text: 'text', sentences: [span], mentions: [], recordedAt })),
      senses: ids.map((id) => ({ id, key: id, discriminator: '', block: id })),
      facts: ids.map((id) => ({ id, subjectId: id, predicate: 'is', object: { value: 'text', valueType: 'text' }, exclusive: false })),
      assertions: ids.map((id) => ({ id, factId: id, chunkId: id, span, valid: {}, negated: false, confidence: 1 })),
    },
    putSegments: [{ id: prefix, firstVersion: 1, lastVersion: 1, bytes: new Uint8Array(records) }],
  }
}
