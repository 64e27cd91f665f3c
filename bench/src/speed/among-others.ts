import type { GraphMem, GraphStore, Memory } from '@graphmem/core'
import { ServiceMissing } from '@graphmem/services/service'
import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import { inventedSentences } from '../invented-text.ts'
import { mean, quantile } from '../quantile.ts'
import { rowsOrSkipped } from '../rows-or-skipped.ts'
import { addByTurns } from './add-by-turns.ts'
import type { Backend } from './backends/backend.ts'
import { libsqlServerBackend } from './backends/libsql-server-backend.ts'
import { neo4jBackend } from './backends/neo4j-backend.ts'
import { growMemory } from './grow-memory.ts'
import { type Laboratory, openGraphMem, openMemory, openStore, type Placement, placements } from './laboratory.ts'
import { timed } from './timed.ts'

const others = 1000
const sentencesOfAnother = 5
const seed = 6
const rounds = 4
const coldRepetitions = 15
const ingestRepetitions = 64

/** Two databases of one kind, each empty. */
interface Pair extends AsyncDisposable {
  readonly alone: GraphStore
  readonly among: GraphStore
}

/**
 * What a query of one tenant costs beside 1,000 others, as a multiple of the same where nobody else is any more: the same others have written
 * there too, and were erased before anything is measured. A server that has never worked is slower than one that has, whoever is in it.
 */
export async function amongOthers(lab: Laboratory): Promise<readonly BenchRow[]> {
  const pairs: readonly (readonly [name: string, open: () => Promise<Pair>])[] = [
    ...placements.map((placement) => [placement, async () => pairOf(placement, lab)] as const),
    ['a libSQL server (a double), a database each', async () => libsqlServerPair(lab)],
    ['Neo4j, a server each', neo4jPair],
  ]
  const rows: BenchRow[] = []
  for (const [name, open] of pairs) {
    lab.note(`a query among ${others} others, ${name}`)
    const measured = await rowsOrSkipped(`a query among ${others} others, ${name}`, async () => {
      await using pair = await open()
      return await rowsOf(name, pair, lab)
    })
    rows.push(...measured)
  }
  return rows
}

function pairOf(placement: Placement, lab: Laboratory): Pair {
  const [alone, among] = [openStore(placement, lab, 'alone'), openStore(placement, lab, 'among')]
  return {
    alone,
    among,
    async [Symbol.asyncDispose]() {
      await alone[Symbol.asyncDispose]()
      await among[Symbol.asyncDispose]()
    },
  }
}

async function libsqlServerPair(lab: Laboratory): Promise<Pair> {
  return ofBackends(await Promise.all(['alone', 'among'].map((name) => libsqlServerBackend(lab.newFile(`noted ${name}.db`)))))
}

async function neo4jPair(): Promise<Pair> {
  if (process.env['GRAPHMEM_TEST_NEO4J_URL'] !== undefined)
    throw new ServiceMissing('A second Neo4j', 'leave GRAPHMEM_TEST_NEO4J_URL unset')
  return ofBackends(await Promise.all([neo4jBackend(), neo4jBackend()]))
}

function ofBackends([alone, among]: readonly Backend[]): Pair {
  if (alone === undefined || among === undefined) throw new Error('A pair is two backends.')
  return {
    alone: alone.store,
    among: among.store,
    async [Symbol.asyncDispose]() {
      await alone[Symbol.asyncDispose]()
      await among[Symbol.asyncDispose]()
    },
  }
}

async function rowsOf(name: string, pair: Pair, lab: Laboratory): Promise<readonly BenchRow[]> {
  const alone = openGraphMem(pair.alone, lab)
  const among = openGraphMem(pair.among, lab)
  for (const each of [alone, among]) await addOthers(each)
  await eraseOthers(alone)
  const { questions, entities } = await growMemory(openMemory(alone), 1000, seed)
  await growMemory(openMemory(among), 1000, seed)
  const warm = await compare(
    Array.from({ length: rounds }, () => questions).flat(),
    () => openMemory(alone),
    () => openMemory(among),
    // The others are at work too; where there are none, the tenant, so that both are as busy.
    (turn) => Promise.all([other(among, turn % others), openMemory(alone)].map((memory) => memory.query(questions[0] ?? ''))),
  )
  const cold = await compare(
    questions.slice(0, coldRepetitions),
    () => openMemory(openGraphMem(pair.alone, lab)),
    () => openMemory(openGraphMem(pair.among, lab)),
  )
  const { firstMs: aloneMs, secondMs: amongMs } = await addByTurns(openMemory(alone), openMemory(among), ingestRepetitions, seed + 1)
  return [
    atMost(`query p50 among ${others} others ÷ alone, ${entities} entities, ${name}`, warm.among / warm.alone, 1.2),
    { measure: `the same in milliseconds: among; alone, ${name}`, value: `${warm.among.toFixed(2)}; ${warm.alone.toFixed(2)}` },
    {
      measure: `the same, index not read yet: ratio; among; alone, ${name}`,
      value: [cold.among / cold.alone, cold.among, cold.alone].map((value) => value.toFixed(2)).join('; '),
    },
    {
      measure: `one more sentence among ${others} others ÷ alone: median; mean, ${name}`,
      value: [quantile(amongMs, 0.5) / quantile(aloneMs, 0.5), mean(amongMs) / mean(aloneMs)].map((value) => value.toFixed(2)).join('; '),
    },
  ]
}

/** Medians in milliseconds of the same questions to both, each first by turns. */
async function compare(
  questions: readonly string[],
  openAlone: () => Memory,
  openAmong: () => Memory,
  between: (turn: number) => Promise<unknown> = async () => {},
): Promise<{ readonly alone: number; readonly among: number }> {
  const aloneMs: number[] = []
  const amongMs: number[] = []
  for (const [turn, question] of [...questions.slice(0, 10), ...questions].entries()) {
    const ask = async (memory: Memory, into: number[]) => into.push(await timed(() => memory.query(question)))
    if (turn % 2 === 0) await ask(openAlone(), aloneMs)
    await ask(openAmong(), amongMs)
    if (turn % 2 === 1) await ask(openAlone(), aloneMs)
    await between(turn)
  }
  // The first ten warm everything up.
  return { alone: quantile(aloneMs.slice(10), 0.5), among: quantile(amongMs.slice(10), 0.5) }
}

/** Some of the others say what the tenant says too, word for word. */
async function addOthers(graphMem: GraphMem): Promise<void> {
  const sentences = inventedSentences(seed)
  for (let place = 0; place < others; place++) {
    const text = Array.from({ length: sentencesOfAnother }, () => sentences.next().value.text).join(' ')
    await other(graphMem, place).ingest({ documents: [{ id: 'document 0', text }] })
  }
}

async function eraseOthers(graphMem: GraphMem): Promise<void> {
  for (let place = 0; place < others; place++) await graphMem.user(userIdOfOther(place)).erase()
}

function other(graphMem: GraphMem, place: number): Memory {
  return openMemory(graphMem, userIdOfOther(place))
}

function userIdOfOther(place: number): string {
  return `other-${place}`
}
