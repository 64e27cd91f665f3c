import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GraphStore } from '@graphmem/core'
import { startNeo4j } from '@graphmem/services/neo4j'
import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { optionalService } from '@graphmem/services/optional-service'
import { neo4jStore } from '@graphmem/store-neo4j'
import { tursoStore } from '@graphmem/store-turso'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { atLeast, atMost, skipped } from '../gate.ts'
import { recallBeside } from './recall-beside.ts'

const few = 500

export async function besideANeighbourBench({ quick, note }: BenchOptions): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-beside-'))
  try {
    note('one libSQL file')
    const url = `file:${join(folder, 'all.db')}`
    const onFile = await besideRows('one libSQL file', () => tursoStore({ url }), quick ? few : 100_000)
    note('Neo4j')
    return [...onFile, ...(await onNeo4j(quick ? few : 20_000))]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function onNeo4j(entities: number): Promise<readonly BenchRow[]> {
  await using server = await optionalService(startNeo4j)
  if (server === undefined) return [skipped('beside a neighbour, Neo4j', 'there is no server')]
  const options = neo4jAccess(server.url)
  return await besideRows(server.name, () => neo4jStore(options), entities)
}

async function besideRows(where: string, open: () => GraphStore, least: number): Promise<readonly BenchRow[]> {
  const { entities, passages, nearer, rank, isAsAlone } = await recallBeside(open, least)
  return [
    atLeast(`entities of the neighbour, ${where}`, entities, least),
    atLeast(
      `passages of the neighbour that are nearer the question ÷ all ${passages.toLocaleString('en-US')}, ${where}`,
      nearer / passages,
      1,
    ),
    atMost(`rank of what was said, from 1 up, ${where}`, rank === 0 ? Number.POSITIVE_INFINITY : rank, 1),
    {
      measure: `recalled as in memory with nobody beside, scores to the bit, ${where}`,
      value: String(isAsAlone),
      goal: 'true',
      holds: isAsAlone,
    },
  ]
}
