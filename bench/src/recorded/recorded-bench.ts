import { type Embedder, recallWeights } from '@graphmem/core'
import type { Reasoner } from '@graphmem/core/spec'
import { localReasoner } from '@graphmem/llm-local'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { fittedSignals, fitWeights } from '../fit/fit-weights.ts'
import { skipped } from '../gate.ts'
import { chooseEmbedder } from '../recall/choose-embedder.ts'
import { rankBy, type Weights } from '../recall/rank-by.ts'
import { groupsOf, type RankedQuery } from '../recall/ranked-corpus.ts'
import { conversationCorpora, passageCorpus, type RecallCorpus } from '../recall/recall-corpus.ts'
import type { BenchSignal } from '../recall/weighed-query.ts'
import { comparedRows, type Ranked } from './compared-rows.ts'
import { type GraphQuery, graphCorpus } from './graph-corpus.ts'
import { joinedReasoner } from './joined-reasoner.ts'
import type { RecordedReasoner } from './recorded-reasoner.ts'
import { hasRecordings, recordedStatements, recordedTriples } from './recordings.ts'

/** The questions of a set, asked of the graph that the local reasoner reads, of a model's, and of both in one. */
interface GraphQueries {
  readonly local: readonly GraphQuery[]
  readonly recorded: readonly GraphQuery[]
  readonly both: readonly GraphQuery[]
}

interface ReadSet {
  readonly queries: GraphQueries
  readonly rows: readonly BenchRow[]
}

/** How many passages a recall gives that is not told how many. */
const kept = 10

type Rank = (queries: readonly GraphQuery[]) => Ranked

/** What a graph that a model extracted adds to recall, beside the local reasoner's, on the sets of which there is a recording. */
export async function recordedBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  await using embedder = await chooseEmbedder(options.embedder)
  return [...(await passageRows(options, embedder)), ...(await dialogueRows(options, embedder))]
}

async function passageRows(options: BenchOptions, embedder: Embedder): Promise<readonly BenchRow[]> {
  if (!hasRecordings('musique-dev')) return [skipped('musique-dev with a recorded graph', 'the recording is not there')]
  const corpus = await passageCorpus('musique-dev')
  const { queries, rows } = await readSet('musique-dev', [{ corpus, recorded: await recordedTriples() }], options, embedder)
  const fitted = (signals: readonly BenchSignal[]) => (each: readonly GraphQuery[]) => folded(each, signals)
  const measure = 'musique-dev passages, weights fitted by four folds, one for the walk'
  return [...rows, ...walkRows(measure, queries, fitted(fittedSignals), fitted([...fittedSignals, 'near']))]
}

async function dialogueRows(options: BenchOptions, embedder: Embedder): Promise<readonly BenchRow[]> {
  if (!hasRecordings('locomo')) return [skipped('locomo with a recorded graph', 'the recording is not there')]
  const parts = (await conversationCorpora()).map(async (corpus) => ({ corpus, recorded: await recordedStatements(corpus) }))
  const { queries, rows } = await readSet('locomo', await Promise.all(parts), options, embedder)
  const { turns } = recallWeights
  const measure = 'locomo passages, shipped weights, and 1 for the walk'
  return [...rows, ...walkRows(measure, queries, weighed(turns), weighed({ ...turns, near: 1 }))]
}

/** Remembers the corpora of a set as each graph has them, and asks all. */
async function readSet(
  set: string,
  parts: readonly { readonly corpus: RecallCorpus; readonly recorded: RecordedReasoner }[],
  options: BenchOptions,
  embedder: Embedder,
): Promise<ReadSet> {
  const read = async (graph: string, reasonerOf: (recorded: RecordedReasoner) => Reasoner) => {
    const queries: GraphQuery[] = []
    let [names, facts, stating] = [0, 0, 0]
    for (const { corpus, recorded } of parts) {
      options.note(`${corpus.name}, ${graph}`)
      const asked = await graphCorpus(corpus, reasonerOf(recorded), embedder)
      queries.push(...asked.queries)
      names += asked.names
      facts += asked.facts
      stating += asked.stating
    }
    return { queries, row: { measure: `${set} names; facts; chunks that state one: ${graph}`, value: `${names}; ${facts}; ${stating}` } }
  }
  const local = await read('local', () => localReasoner())
  const recorded = await read('recorded', (each) => each)
  const counts = parts.map((part) => part.recorded.counts)
  const row = {
    measure: `${set} chunks with a record; without, of which nothing is read`,
    value: `${sum(counts.map((each) => each.recorded))}; ${sum(counts.map((each) => each.missing))}`,
  }
  const both = await read('both', (each) => joinedReasoner(localReasoner(), each))
  const queries = { local: local.queries, recorded: recorded.queries, both: both.queries }
  return { queries, rows: [row, local.row, recorded.row, both.row, ...recallRows(set, queries)] }
}

/** Of passages as they are recalled, of those that the recalled facts rest on, and of those that a walk over the graph comes to. */
function recallRows(set: string, queries: GraphQueries): readonly BenchRow[] {
  const golds = queries.local.map(({ gold }) => gold)
  const recalled = rankings(queries, (each) => each.map((query) => query.recalled))
  const stated = rankings(queries, (each) => each.map((query) => query.stated))
  const same = queries.local.filter((query, place) => isSame(query, queries.recorded[place]) && isSame(query, queries.both[place])).length
  const overLocal = [
    ['recorded', 'local'],
    ['both', 'local'],
  ] as const
  return [
    ...comparedRows(`${set} passages, shipped weights`, golds, recalled, []),
    { measure: `${set} questions with the same passages in the same order: local, recorded, both`, value: `${same} of ${golds.length}` },
    ...comparedRows(`${set} passages that the recalled facts rest on`, golds, stated, overLocal),
    ...comparedRows(
      `${set} the first ${kept} passages, then those of the facts`,
      golds,
      { passages: recalled['local'] ?? [], ...rankings(queries, (each) => each.map(firstThenStated)) },
      [['recorded', 'passages'], ...overLocal],
      [2 * kept],
    ),
    ...comparedRows(`${set} passages by the walk alone`, golds, rankings(queries, weighed({ near: 1 }, 0)), overLocal),
  ]
}

/** The first passages, as recalled by default; then those that the facts of the same recall rest on; then other passages. */
function firstThenStated({ recalled, stated }: GraphQuery): Ranked[number] {
  return [...new Set([...recalled.slice(0, kept), ...stated, ...recalled])]
}

function walkRows(measure: string, queries: GraphQueries, without: Rank, withWalk: Rank): readonly BenchRow[] {
  const golds = queries.local.map(({ gold }) => gold)
  return comparedRows(measure, golds, { 'no walk': without(queries.local), ...rankings(queries, withWalk) }, [
    ['recorded', 'no walk'],
    ['recorded', 'local'],
    ['both', 'local'],
  ])
}

function weighed(weights: Weights, cover?: number): Rank {
  return (queries) => queries.map((query) => rankBy(weights, query, cover))
}

function rankings({ local, recorded, both }: GraphQueries, rank: Rank): Readonly<Record<string, Ranked>> {
  return { local: rank(local), recorded: rank(recorded), both: rank(both) }
}

/** Each question ranked by weights that were fitted on the three quarters of the questions which it is not in. */
function folded(queries: readonly RankedQuery[], signals: readonly BenchSignal[]): Ranked {
  const weights = [0, 1, 2, 3].map((fold) => fitWeights(groupsOf(queries.filter((_, place) => place % 4 !== fold)), signals))
  return queries.map((query, place) => rankBy(weights[place % 4] ?? {}, query))
}

function isSame(query: RankedQuery, other: RankedQuery | undefined): boolean {
  return query.recalled.join(' ') === other?.recalled.join(' ')
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
