import { z } from 'zod'
import { fittedWeights } from './fitted-weights.ts'
import { type Signals, signalNames, type Weights } from './signals.ts'

/** What recall ranks by, as data. */
export interface RecallWeights {
  readonly version: number
  /** Of passages of texts and documents. */
  readonly passages: Weights
  /** Of turns. */
  readonly turns: Weights
  /** Of the share of the question that a passage is the first to cover. */
  readonly cover: number
}

/**
 * Passages: fitted by `npm run bench -- fit` on 2wiki-dev, hotpot-dev and musique-dev. Turns: a few round numbers, not fitted. A turn counts by its
 * own words; what stands around it and in its session counts about as much, since an answer often has none of the question's words; an answer to a
 * question that fits counts like a turn that fits; a date that is asked for, more than a word. They were chosen on two conversations of LoCoMo and
 * checked on three others.
 */
export const recallWeights: RecallWeights = {
  version: 2,
  passages: fittedWeights,
  turns: {
    bm25: 1,
    cosine: 0.5,
    cover: 2,
    spread: 1,
    bm25Before: 0.5,
    bm25After: 0.5,
    answers: 1,
    answersCover: 1,
    coverAround: 1,
    cosineAround: 1,
    coverSession: 3,
    cosineSession: 1,
    speaks: 0.5,
    timeAsked: 1,
    date: 3,
    length: 1,
  },
  cover: 6,
}

const someWeights = z.partialRecord(z.enum(signalNames), z.number())
const schema = z.strictObject({ version: z.number(), passages: someWeights, turns: someWeights, cover: z.number().min(0) })

export function areWeights(given: unknown): given is RecallWeights {
  return schema.safeParse(given).success
}

/** The weighted sum of a passage's signals. */
export function weigh(signals: Signals, weights: Float64Array): number {
  let score = 0
  for (let place = 0; place < weights.length; place += 1) score += (weights[place] ?? 0) * (signals[place] ?? 0)
  return score
}

/** Weights in the order of `signalNames`. */
export function asVector(weights: Weights): Float64Array {
  return Float64Array.from(signalNames, (name) => weights[name] ?? 0)
}
