import type { LoadedChunk } from '../index-segments/recall-index.ts'
import type { Fact } from '../spec/index.ts'
import type { MemoryView } from '../view/memory-view.ts'
import type { Scored } from './hop.ts'
import type { RecallQuestion } from './recall-question.ts'

/** The most facts that go with a question. */
const maxFacts = 60

/**
 * Chooses facts by the same evidence as passages: how much of the question the sentence and the predicate cover, how well their passage scored,
 * whether it is about someone the question names, and, of those, what holds one at a time (where somebody lives, works). From facts that fit, one
 * step goes on to what they lead to: "my sister" to what is known of her.
 *
 * @returns ids of facts, best first; equal scores in the order of ids.
 */
export function chooseFacts(
  question: RecallQuestion,
  best: readonly Scored[],
  view: MemoryView,
  stemOf: (word: string) => string | undefined,
  passes: (chunk: LoadedChunk) => boolean,
): readonly string[] {
  const { index, entities } = view
  const topScore = best[0]?.score ?? 1
  const passageScores = new Map(best.map(({ number, score }) => [number, score / topScore]))
  const scores = new Map<string, number>()
  const consider = (fact: Fact, bonus: number): number => {
    let most = 0
    const predicate = new Set(fact.predicate.split('_').flatMap((word) => stemOf(word) ?? []))
    for (const assertion of index.assertionsOf.get(fact.id)) {
      const number = index.chunkNumbers.get(assertion.chunkId) ?? -1
      const chunk = index.chunks[number]
      if (chunk === undefined || !view.belief.assertion(assertion) || !passes(chunk)) continue
      const said = stemsOfSentence(chunk, assertion.span.start)
      let covered = 0
      for (const { stemmed, stem } of question.terms) if (predicate.has(stemmed) || (stem !== undefined && said.has(stem))) covered += 1
      most = Math.max(most, covered / Math.max(1, question.terms.length) + 0.5 * (passageScores.get(number) ?? 0) + bonus)
    }
    if (most > (scores.get(fact.id) ?? 0)) scores.set(fact.id, most)
    return most
  }
  const ofEntity = (entityId: string) => entities.senses(entityId).flatMap(({ id }) => index.factsOf.get(id))
  for (const entity of question.entities) for (const fact of ofEntity(entity.id)) consider(fact, fact.exclusive ? 0.75 : 0.5)
  for (const { number } of best) {
    for (const assertion of index.assertionsIn.get(index.chunks[number]?.id ?? '')) {
      const fact = index.facts.get(assertion.factId)
      if (fact !== undefined) consider(fact, 0)
    }
  }
  const leads = ranked(scores).slice(0, 12)
  for (const id of leads) {
    const fact = index.facts.get(id)
    const further = fact !== undefined && 'senseId' in fact.object ? entities.of(fact.object.senseId) : undefined
    if (further !== undefined && !further.isSelf) for (const next of ofEntity(further.id)) consider(next, 0.25)
  }
  return ranked(scores).slice(0, maxFacts)
}

function ranked(scores: ReadonlyMap<string, number>): readonly string[] {
  return [...scores]
    .filter(([, score]) => score > 0)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([id]) => id)
}

function stemsOfSentence(chunk: LoadedChunk, at: number): ReadonlySet<number> {
  const place = chunk.sentences.findIndex(({ end }) => at < end)
  const from = place <= 0 ? chunk.titleTokens : (chunk.sentences[place - 1]?.tokenEnd ?? 0)
  return new Set(chunk.stems.subarray(from, chunk.sentences[place]?.tokenEnd ?? from))
}
