import { type Embedder, GraphMem, type Memory } from '@graphmem/core'
import type { Reasoner } from '@graphmem/core/spec'
import { memoryStore } from '@graphmem/store-memory'
import { type RankedQuery, rankQueries } from '../recall/ranked-corpus.ts'
import type { RecallCorpus } from '../recall/recall-corpus.ts'
import type { Candidate } from '../recall/weighed-query.ts'
import { type MemoryGraph, memoryGraph } from './memory-graph.ts'

/** One question with what the graph of its memory gives for it: candidates have the signal `near`. */
export interface GraphQuery extends RankedQuery {
  /** The passages that the facts of a recall rest on, in the order of these; ids are those of the dataset. */
  readonly stated: readonly string[]
}

export interface GraphCorpus {
  readonly queries: readonly GraphQuery[]
  /** What was written: names, facts, and chunks that state a fact. */
  readonly names: number
  readonly facts: number
  readonly stating: number
}

/** Passages that a walk begins from, beside the names in the question: as many as recall follows names from. */
const beamWidth = 8

/** Remembers a corpus as a reasoner reads it, in a memory of its own, and asks it all its questions. */
export async function graphCorpus(corpus: RecallCorpus, reasoner: Reasoner, embedder: Embedder): Promise<GraphCorpus> {
  await using store = memoryStore()
  await using graphMem = new GraphMem({ store, reasoner, embedder })
  const memory = graphMem.memory({ userId: 'bench', memoryId: corpus.name })
  const ingested = await memory.ingest(corpus.input)
  if (ingested.failed > 0) throw new Error(`${ingested.failed} of ${corpus.name} could not be read.`)
  const keys = new Map(ingested.episodes.map((episode) => [episode.id, episode.key]))
  const graph = await memoryGraph(store.open(memory.scope))
  const ranked = await rankQueries(corpus, memory, keys)
  const queries: GraphQuery[] = []
  for (const each of ranked) {
    const { stated, names } = await factsAndNames(memory, each.query.question)
    queries.push({ ...each, stated: stated.map((id) => keys.get(id) ?? id), candidates: withNearness(each.candidates, names, graph) })
  }
  return { queries, names: ingested.entities, facts: ingested.facts, stating: graph.stating }
}

/** The episodes of the facts that are recalled, once each, and the names in the question. */
async function factsAndNames(
  memory: Memory,
  question: string,
): Promise<{ readonly stated: readonly string[]; readonly names: readonly string[] }> {
  const { facts, explanation } = await memory.recall(question, { explain: true })
  const stated = facts.flatMap(({ support }) => support.map(({ episodeId }) => episodeId))
  return { stated: [...new Set(stated)], names: explanation?.names ?? [] }
}

/**
 * How near a walk over the graph comes to each candidate, over the nearest: 0 to 1. It begins half at the names in the question, half at the passages
 * that fit it best by words and vectors, each by how well it fits. None of this was fitted or tried otherwise.
 */
function withNearness(candidates: readonly Candidate[], names: readonly string[], graph: MemoryGraph): readonly Candidate[] {
  const from = new Map<string, number>()
  const add = (id: string, share: number) => from.set(id, (from.get(id) ?? 0) + share)
  for (const name of names) for (const id of graph.senses.get(name) ?? []) add(id, 1 / names.length)
  const fits = candidates
    .map(({ chunkId, signals }) => ({ chunkId, fit: (signals.get('bm25') ?? 0) + 0.5 * (signals.get('cosine') ?? 0) }))
    .sort((a, b) => b.fit - a.fit || (a.chunkId < b.chunkId ? -1 : 1))
    .slice(0, beamWidth)
  const total = fits.reduce((sum, { fit }) => sum + fit, 0) || 1
  for (const { chunkId, fit } of fits) add(chunkId, fit / total)
  const walked = graph.walk(from)
  const most = Math.max(...candidates.map(({ chunkId }) => walked.get(chunkId) ?? 0)) || 1
  return candidates.map((each) => ({
    ...each,
    signals: new Map([...each.signals, ['near', (walked.get(each.chunkId) ?? 0) / most] as const]),
  }))
}
