import { postedChunk, postedFrequency } from '../index-segments/posting.ts'
import { quantised } from '../index-segments/quantised.ts'
import type { Passages } from '../view/passages.ts'
import type { QuestionName, RecallQuestion } from './recall-question.ts'

/** A term of the question with what it weighs in this memory. */
interface AskedTerm {
  readonly word: string
  /** −1 when no passage has it. */
  readonly stem: number
  /** Its place among the question's words. */
  readonly at: number
  /** BM25's idf over ln(1 + passages): about 0 to 1. */
  readonly weight: number
}

export interface AskedName extends QuestionName {
  /** The sum of its words' idf. */
  readonly rarity: number
  /** Whether a passage has it, or nearly, as its title. */
  readonly isKnown: boolean
}

/** A question set against the passages of a memory: what each has of it, by number of chunk. */
export interface Asked {
  readonly question: RecallQuestion
  readonly passages: Passages
  readonly terms: readonly AskedTerm[]
  /** The sum of the terms' weights; 1 without terms. */
  readonly totalWeight: number
  readonly names: readonly AskedName[]
  /** By stem: the place of its term + 1; 0 for none. */
  readonly termOf: Uint8Array
  /** By term and chunk: BM25's saturated frequency, `f (k1 + 1) / (f + k1 (1 − b + b · length / average)) / 1.5`; 0 where it is not. */
  readonly frequencies: readonly Float32Array[]
  readonly bm25: Float64Array
  readonly bestBm25: number
  /** The same over the terms outside known names. */
  readonly bm25Rest: Float64Array
  readonly bestBm25Rest: number
  /** 0 to 1. */
  readonly cosine: Float32Array
  readonly bestCosine: number
}

// Okapi BM25 with the parameters of Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009).
const k1 = 1.2
const b = 0.75
/** The most terms of a question that are looked at, the rarest first. */
const mostTerms = 64
/** A name that a passage is about this surely is matched as a whole or not at all. */
export const surely = 1.5

/** Sets a question against the believed passages. Costs the postings of its terms, and one cosine a passage. */
export function ask(question: RecallQuestion, vector: Float32Array, passages: Passages): Asked {
  const terms = weighTerms(question, passages)
  const names = question.names.map((name) => ({
    ...name,
    rarity: name.stems.reduce((sum, stem) => sum + passages.rarity(stem), 0),
    isKnown: name.about.some(({ kind }) => kind >= surely),
  }))
  const isRest = terms.map(({ at }) => !names.some(({ from, to, isKnown }) => isKnown && at >= from && at < to))
  const termOf = new Uint8Array(passages.index.stemLimit)
  const frequencies: Float32Array[] = []
  const bm25 = new Float64Array(passages.believed.length)
  const bm25Rest = new Float64Array(passages.believed.length)
  for (const [place, { stem }] of terms.entries()) {
    if (stem >= 0) termOf[stem] = place + 1
    const frequency = saturate(stem, passages)
    frequencies.push(frequency)
    addPosting(bm25, frequency, stem, passages)
    if (isRest[place] === true) addPosting(bm25Rest, frequency, stem, passages)
  }
  // In whole numbers, so that the sum is exact: both vectors in steps of 1/127 of their largest number.
  const cosine = passages.index.vectors.cosines(quantised(vector), passages.believed)
  return {
    question,
    passages,
    terms,
    totalWeight: terms.reduce((sum, { weight }) => sum + weight, 0) || 1,
    names,
    termOf,
    frequencies,
    bm25,
    bestBm25: most(bm25) || 1,
    bm25Rest,
    bestBm25Rest: most(bm25Rest) || 1,
    cosine,
    bestCosine: most(cosine) || 1,
  }
}

function weighTerms(question: RecallQuestion, passages: Passages): readonly AskedTerm[] {
  const scale = Math.log(1 + passages.count) || 1
  const terms = question.terms.map(({ word, stem = -1, at }) => ({ word, stem, at, weight: passages.rarity(stem) / scale }))
  if (terms.length <= mostTerms) return terms
  return [...terms]
    .sort((a, b) => b.weight - a.weight || a.at - b.at)
    .slice(0, mostTerms)
    .sort((a, b) => a.at - b.at)
}

function saturate(stem: number, { index, believed, lengths, averageLength }: Passages): Float32Array {
  const frequencies = new Float32Array(believed.length)
  for (const value of index.postings[stem] ?? []) {
    const number = postedChunk(value)
    if (believed[number] !== 1) continue
    const frequency = postedFrequency(value)
    const norm = k1 * (1 - b + (b * (lengths[number] ?? 0)) / averageLength)
    frequencies[number] = (frequency * (k1 + 1)) / (frequency + norm) / 1.5
  }
  return frequencies
}

function addPosting(scores: Float64Array, frequencies: Float32Array, stem: number, passages: Passages): void {
  const rarity = passages.rarity(stem)
  for (const value of passages.index.postings[stem] ?? []) {
    const number = postedChunk(value)
    scores[number] = (scores[number] ?? 0) + rarity * (frequencies[number] ?? 0)
  }
}

function most(values: Float64Array | Float32Array): number {
  let best = 0
  for (let number = 0; number < values.length; number += 1) best = Math.max(best, values[number] ?? 0)
  return best
}
