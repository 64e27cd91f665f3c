import { type Embedder, GraphMem, type Memory } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { hasDataset } from '../datasets.ts'
import { atLeast, skipped } from '../gate.ts'
import { mean } from '../quantile.ts'
import { bm25 } from './bm25.ts'
import { chooseEmbedder } from './choose-embedder.ts'
import { recallAt } from './recall-at.ts'
import { conversationCorpora, passageCorpus, type RecallCorpus } from './recall-corpus.ts'

const sets = [
  { dataset: '2wiki-dev', depth: 5, goal: 73 },
  { dataset: 'hotpot-dev', depth: 5, goal: 84 },
  { dataset: 'musique-dev', depth: 5, goal: 56 },
  { dataset: 'locomo', depth: 10, goal: 67 },
] as const
const depths = [2, 5, 10, 20]
/** More passages than the deepest measure, since several may be of one episode. */
const limit = 60

/** Both rankings of one question, as the ids of the dataset, best first. */
export interface RankedQuery {
  readonly gold: readonly string[]
  readonly recalled: readonly string[]
  readonly baseline: readonly string[]
  readonly durationMs: number
}

export async function recallBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  await using embedder = await chooseEmbedder(options.embedder)
  const rows: BenchRow[] = []
  for (const { dataset, depth, goal } of sets) {
    if (!hasDataset(dataset)) {
      rows.push(skipped(`${dataset} recall@${depth}, %`, 'the dataset is not there'))
      continue
    }
    const corpora = dataset === 'locomo' ? await conversationCorpora() : [await passageCorpus(dataset)]
    const ranked: RankedQuery[] = []
    for (const corpus of corpora) {
      options.note(`${corpus.name}, ${corpus.texts.length} episodes, ${corpus.queries.length} questions`)
      ranked.push(...(await rankQueries(corpus, embedder)))
    }
    rows.push(atLeast(`${dataset} recall@${depth}, %`, percent(ranked, depth, 'recalled'), goal))
    rows.push({ measure: `${dataset} recall@${depth}, BM25 alone`, value: percent(ranked, depth, 'baseline') })
    for (const other of depths.filter((each) => each !== depth)) {
      const value = `${percent(ranked, other, 'recalled').toFixed(1)} (BM25 ${percent(ranked, other, 'baseline').toFixed(1)})`
      rows.push({ measure: `${dataset} recall@${other}, %`, value })
    }
    rows.push({ measure: `${dataset} questions`, value: ranked.length })
    rows.push({ measure: `${dataset} milliseconds a question`, value: mean(ranked.map((query) => query.durationMs)) })
  }
  return rows
}

/** Remembers a corpus in a memory of its own and asks it all its questions. */
export async function rankQueries(corpus: RecallCorpus, embedder: Embedder = localEmbedder()): Promise<readonly RankedQuery[]> {
  await using store = memoryStore()
  await using graphMem = new GraphMem({ store, reasoner: localReasoner(), embedder })
  const memory = graphMem.memory({ userId: 'bench', memoryId: corpus.name })
  const { episodes } = await memory.ingest(corpus.input)
  const keys = new Map(episodes.map((episode) => [episode.id, episode.key]))
  const baseline = bm25(corpus.texts.map(({ text }) => text))
  const ranked: RankedQuery[] = []
  for (const { question, gold } of corpus.queries) {
    const start = performance.now()
    const recalled = await recalledIds(memory, question)
    const durationMs = performance.now() - start
    ranked.push({
      gold,
      recalled: recalled.map((id) => keys.get(id) ?? id),
      baseline: baseline(question).map((place) => corpus.texts[place]?.id ?? ''),
      durationMs,
    })
  }
  return ranked
}

/** Mean recall in percent. */
export function percent(ranked: readonly RankedQuery[], depth: number, ranking: 'recalled' | 'baseline'): number {
  return 100 * mean(ranked.map((query) => recallAt(depth, query[ranking], query.gold)))
}

async function recalledIds(memory: Memory, question: string): Promise<readonly string[]> {
  const { chunks } = await memory.recall(question, { limit })
  return [...new Set(chunks.map((chunk) => chunk.episodeId))]
}
