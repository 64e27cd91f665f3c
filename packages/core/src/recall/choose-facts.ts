import type { LoadedChunk } from '../index-segments/loaded-chunk.ts'
import type { LoadedFact } from '../index-segments/loaded-facts.ts'
import type { MemoryView } from '../view/memory-view.ts'
import type { Scored } from './hop.ts'
import type { RecallQuestion } from './recall-question.ts'

/** The most facts that go with a question. */
const maxFacts = 60
/** How many of the best lead on to others. */
const leadsFollowed = 12

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
  const scores = new Map<LoadedFact, number>()
  const covered = coverage(question, index.stemLimit, stemOf)
  const consider = (fact: LoadedFact, bonus: number): void => {
    let most = 0
    for (const assertion of fact.assertions) {
      const number = index.chunkOf(assertion)
      const chunk = index.chunks[number]
      if (chunk === undefined || view.passages.believed[number] !== 1 || !passes(chunk)) continue
      const share = covered(fact.predicate, chunk, assertion.span.start) / Math.max(1, question.terms.length)
      most = Math.max(most, share + 0.5 * (passageScores.get(number) ?? 0) + bonus)
    }
    if (most > (scores.get(fact) ?? 0)) scores.set(fact, most)
  }
  const ofEntity = (entityId: string) => entities.senses(entityId).flatMap(({ id }) => index.facts.ofSense(id))
  for (const entity of question.entities) for (const fact of ofEntity(entity.id)) consider(fact, fact.exclusive ? 0.75 : 0.5)
  for (const { number } of best) {
    for (const fact of index.facts.statedIn(index.chunks[number]?.id ?? '')) consider(fact, 0)
  }
  // Those that the question names count more already; and many facts lead to the same.
  const through = new Set(question.entities.map(({ id }) => id))
  for (const { object } of bestOf(scores, leadsFollowed)) {
    const further = 'senseId' in object ? entities.of(object.senseId) : undefined
    if (further === undefined || further.isSelf || through.has(further.id)) continue
    through.add(further.id)
    for (const next of ofEntity(further.id)) consider(next, 0.25)
  }
  return bestOf(scores, maxFacts).map(({ id }) => id)
}

/** The best scores above 0, best first; equal ones in the order of ids. */
function bestOf(scores: ReadonlyMap<LoadedFact, number>, count: number): readonly LoadedFact[] {
  const kept: (readonly [fact: LoadedFact, score: number])[] = []
  let least = 0
  for (const scored of scores) {
    if (scored[1] <= 0 || scored[1] < least) continue
    kept.push(scored)
    // What can be among the best no more is let go now and then, so that not all have to be sorted.
    if (kept.length < count * 4) continue
    kept.sort(byScore)
    kept.length = count
    least = kept.at(-1)?.[1] ?? 0
  }
  return kept
    .sort(byScore)
    .slice(0, count)
    .map(([fact]) => fact)
}

function byScore([a, m]: readonly [LoadedFact, number], [b, n]: readonly [LoadedFact, number]): number {
  return n - m || (a.id < b.id ? -1 : 1)
}

/** Counts the terms of a question that a predicate or the sentence at a place has. */
function coverage(
  { terms }: RecallQuestion,
  stemLimit: number,
  stemOf: (word: string) => string | undefined,
): (predicate: string, chunk: LoadedChunk, at: number) => number {
  /** By stem: the place of its term + 1. */
  const termOf = new Uint16Array(stemLimit)
  for (const [place, { stem }] of terms.entries()) if (stem !== undefined) termOf[stem] = place + 1
  const ofPredicate = new Map<string, readonly number[]>()
  const inPredicate = (predicate: string): readonly number[] => {
    let places = ofPredicate.get(predicate)
    if (places === undefined) {
      const stems = new Set(predicate.split('_').flatMap((word) => stemOf(word) ?? []))
      places = terms.flatMap(({ stemmed }, place) => (stems.has(stemmed) ? [place] : []))
      ofPredicate.set(predicate, places)
    }
    return places
  }
  /** By term: the count in which it was last seen. */
  const seen = new Uint32Array(terms.length)
  let counts = 0
  return (predicate, chunk, at) => {
    counts += 1
    const predicated = inPredicate(predicate)
    for (const place of predicated) seen[place] = counts
    let covered = predicated.length
    const sentence = sentenceAt(chunk, at)
    const from = sentence <= 0 ? chunk.titleTokens : (chunk.sentences[sentence - 1]?.tokenEnd ?? 0)
    const to = chunk.sentences[sentence]?.tokenEnd ?? from
    for (let token = from; token < to; token += 1) {
      const term = termOf[chunk.stems[token] ?? -1] ?? 0
      if (term === 0 || seen[term - 1] === counts) continue
      seen[term - 1] = counts
      covered += 1
    }
    return covered
  }
}

/** The sentence that a place is in, or that comes after it; −1 for none. */
function sentenceAt({ sentences }: LoadedChunk, at: number): number {
  for (let place = 0; place < sentences.length; place += 1) if (at < (sentences[place]?.end ?? 0)) return place
  return -1
}
