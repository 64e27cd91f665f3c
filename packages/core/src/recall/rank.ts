import type { LoadedChunk } from '../index-segments/recall-index.ts'
import type { MemoryContext } from '../memory-context.ts'
import type { MemoryView } from '../view/memory-view.ts'
import type { EntityView, FactView } from '../view/views.ts'
import { chooseFacts } from './choose-facts.ts'
import { explain } from './explain.ts'
import type { Explanation } from './explanation.ts'
import { bestOf } from './first-scores.ts'
import type { Scored } from './hop.ts'
import type { RecallPlan } from './parse-options.ts'
import { type RankedPassages, rankPassages, scoreUnweighed } from './rank-passages.ts'
import type { RecallQuestion } from './recall-question.ts'

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
  /** When it was asked for; without the text of its sentences. */
  readonly explanation: Explanation | undefined
}

export interface RankedChunk {
  readonly chunk: LoadedChunk
  readonly score: number
}

const maxFactPassages = 24

/** Ranks everything at once and synchronously, so that it sees one version of the memory. */
export function rank(
  question: RecallQuestion,
  vector: Float32Array,
  view: MemoryView,
  plan: RecallPlan,
  { analyzer, weights }: Pick<MemoryContext, 'analyzer' | 'weights'>,
): Ranking {
  const { index } = view
  const ranked = rankPassages(question, vector, view.passages, weights)
  const best = firstPassing(ranked, plan)
  const stemOf = (word: string) => (analyzer.isStopWord(word) ? undefined : analyzer.stem(word))
  const facts = chooseFacts(question, best, view, stemOf, plan.passes).flatMap((id) => view.facts.at(id, plan.asOf) ?? [])
  const scores = new Map(ranked.ranked.map(({ number, score }) => [number, score]))
  const chosen = new Set(best.map(({ number }) => number))
  const around = new Set<number>()
  const add = (number: number | undefined) => {
    const chunk = number === undefined ? undefined : index.chunks[number]
    if (number !== undefined && chunk !== undefined && !chosen.has(number) && view.belief.chunk(number) && plan.passes(chunk))
      around.add(number)
  }
  for (const { number } of best) {
    if (index.chunks[number]?.episode.kind !== 'turn') continue
    add(view.passages.before[number])
    add(view.passages.after[number])
  }
  for (const fact of facts.slice(0, maxFactPassages)) add(index.chunkNumbers.get(fact.support.at(-1)?.chunkId ?? ''))
  const withChunk = ({ number, score }: Scored) => {
    const chunk = index.chunks[number]
    return chunk === undefined ? [] : [{ chunk, score }]
  }
  return {
    passages: best.flatMap(withChunk),
    around: [...around]
      .map((number) => ({ number, score: scores.get(number) ?? scoreUnweighed(ranked, number) }))
      .flatMap(withChunk)
      .sort(byScore),
    facts,
    entities: entitiesOf(question, facts, best, view),
    named: question.entities,
    explanation: plan.explain === undefined ? undefined : explain(ranked, best, plan),
  }
}

/** The first passages that pass the filter: candidates first, then others by what they show by themselves. */
function firstPassing(ranked: RankedPassages, plan: RecallPlan): readonly Scored[] {
  const { chunks } = ranked.asked.passages.index
  const passes = ({ number }: Scored) => {
    const chunk = chunks[number]
    return chunk !== undefined && plan.passes(chunk)
  }
  const best = ranked.ranked.filter(passes).slice(0, plan.limit)
  if (best.length === plan.limit) return best
  const others = bestOf(ranked.first, chunks.length, ranked.asked).filter((each) => !ranked.candidates.has(each.number) && passes(each))
  return [...best, ...others.slice(0, plan.limit - best.length).map(({ number }) => ({ number, score: scoreUnweighed(ranked, number) }))]
}

function byScore(a: RankedChunk, b: RankedChunk): number {
  return b.score - a.score || (a.chunk.id < b.chunk.id ? -1 : 1)
}

const maxEntities = 20

function entitiesOf(
  question: RecallQuestion,
  facts: readonly FactView[],
  best: readonly Scored[],
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
  for (const { number } of best) for (const { senseId } of view.index.chunks[number]?.mentions ?? []) add(view.entities.of(senseId))
  return [...found.values()]
}
