import { type Embedder, GraphMem, type Memory } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import type { DatasetQuery } from '../datasets.ts'
import type { FitGroup } from '../fit/fit-weights.ts'
import { bm25 } from './bm25.ts'
import type { RecallCorpus } from './recall-corpus.ts'
import { type WeighedQuery, weighedQuery } from './weighed-query.ts'

/** One question with the rankings of it. Ids are those of the dataset, best first. */
export interface RankedQuery extends WeighedQuery {
  readonly query: DatasetQuery
  readonly gold: readonly string[]
  readonly baseline: readonly string[]
}

/** Remembers a corpus in a memory of its own and asks it all its questions. */
export async function rankCorpus(corpus: RecallCorpus, embedder: Embedder = localEmbedder()): Promise<readonly RankedQuery[]> {
  await using store = memoryStore()
  await using graphMem = new GraphMem({ store, reasoner: localReasoner(), embedder })
  const memory = graphMem.memory({ userId: 'bench', memoryId: corpus.name })
  const { episodes } = await memory.ingest(corpus.input)
  return await rankQueries(corpus, memory, new Map(episodes.map((episode) => [episode.id, episode.key])))
}

/**
 * Asks a memory that holds a corpus all its questions.
 *
 * @param keys by id of an episode: its id in the dataset.
 */
export async function rankQueries(
  corpus: RecallCorpus,
  memory: Memory,
  keys: ReadonlyMap<string, string>,
): Promise<readonly RankedQuery[]> {
  const keyOf = (id: string) => keys.get(id) ?? id
  const baseline = bm25(corpus.texts.map(({ text }) => text))
  const ranked: RankedQuery[] = []
  for (const query of corpus.queries) {
    const weighed = await weighedQuery(memory, query.question)
    ranked.push({
      ...weighed,
      query,
      gold: query.gold,
      recalled: weighed.recalled.map(keyOf),
      candidates: weighed.candidates.map((candidate) => ({ ...candidate, episodeId: keyOf(candidate.episodeId) })),
      baseline: baseline(query.question).map((place) => corpus.texts[place]?.id ?? ''),
    })
  }
  return ranked
}

/** What there is to fit in ranked questions. */
export function groupsOf(ranked: readonly RankedQuery[]): readonly FitGroup[] {
  return ranked.map(({ candidates, gold }) => ({ candidates, isGold: candidates.map(({ episodeId }) => gold.includes(episodeId)) }))
}
