import type { LoadedChunk } from '../index-segments/recall-index.ts'
import type { Analyzer } from '../spec/index.ts'
import type { MemoryView } from '../view/memory-view.ts'
import type { EntityView, FactView } from '../view/views.ts'
import { chooseFacts } from './choose-facts.ts'
import type { RecallPlan } from './parse-options.ts'
import type { RecallQuestion } from './recall-question.ts'
import { type ScoredPassage, scorePassages } from './score-passages.ts'

/** What a question finds in one version of a memory, before any text is read. */
export interface Ranking {
  /** The first `limit` passages, best first. */
  readonly passages: readonly RankedChunk[]
  /** Passages beside these that show where they stand: the turns around the best, and the sentences of the facts. */
  readonly around: readonly RankedChunk[]
  /** Best first, ended ones too. */
  readonly facts: readonly FactView[]
  /** Those the question names, then those in the facts and passages. */
  readonly entities: readonly EntityView[]
  readonly named: readonly EntityView[]
}

export interface RankedChunk {
  readonly chunk: LoadedChunk
  readonly score: number
}

const maxFactPassages = 24

/** Ranks everything at once and synchronously, so that it sees one version of the memory. */
export function rank(question: RecallQuestion, vector: Float32Array, view: MemoryView, plan: RecallPlan, analyzer: Analyzer): Ranking {
  const { index } = view
  const scored = scorePassages(question, vector, view, plan.passes)
  const best = scored.slice(0, plan.limit)
  const stemOf = (word: string) => (analyzer.isStopWord(word) ? undefined : analyzer.stem(word))
  const facts = chooseFacts(question, best, view, stemOf, plan.passes).flatMap((id) => view.facts.at(id, plan.asOf) ?? [])
  const scores = new Map(scored.map(({ chunk, score }) => [chunk, score]))
  const chosen = new Set(best.map(({ chunk }) => chunk))
  const around = new Set<number>()
  const add = (number: number | undefined) => {
    const chunk = number === undefined ? undefined : index.chunks[number]
    if (number !== undefined && chunk !== undefined && !chosen.has(number) && view.belief.chunk(number) && plan.passes(chunk))
      around.add(number)
  }
  for (const { chunk } of best) for (const number of index.turnsBeside(chunk)) add(number)
  for (const fact of facts.slice(0, maxFactPassages)) add(index.chunkNumbers.get(fact.support.at(-1)?.chunkId ?? ''))
  const ranked = ({ chunk, score }: ScoredPassage) => {
    const loaded = index.chunks[chunk]
    return loaded === undefined ? [] : [{ chunk: loaded, score }]
  }
  return {
    passages: best.flatMap(ranked),
    around: [...around]
      .map((chunk) => ({ chunk, score: scores.get(chunk) ?? 0 }))
      .flatMap(ranked)
      .sort(byScore),
    facts,
    entities: entitiesOf(question, facts, best, view),
    named: question.entities,
  }
}

function byScore(a: RankedChunk, b: RankedChunk): number {
  return b.score - a.score || (a.chunk.id < b.chunk.id ? -1 : 1)
}

const maxEntities = 20

function entitiesOf(
  question: RecallQuestion,
  facts: readonly FactView[],
  best: readonly ScoredPassage[],
  view: MemoryView,
): readonly EntityView[] {
  const found = new Map(question.entities.map((entity) => [entity.id, entity]))
  const add = (entity: EntityView | undefined) => {
    if (entity !== undefined && found.size < maxEntities) found.set(entity.id, entity)
  }
  for (const fact of facts) {
    add(view.entities.of(fact.subject.entityId))
    if ('entityId' in fact.object) add(view.entities.of(fact.object.entityId))
  }
  for (const { chunk } of best) for (const { senseId } of view.index.chunks[chunk]?.mentions ?? []) add(view.entities.of(senseId))
  return [...found.values()]
}
