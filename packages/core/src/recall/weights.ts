import { type SignalName, type Signals, signalNames } from './signals.ts'

/** What each signal weighs; those left out weigh nothing. */
export type Weights = Readonly<Partial<Record<SignalName, number>>>

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

export const recallWeights: RecallWeights = {
  version: 1,
  passages: {
    bm25: 0.99,
    cosine: 1.5,
    named: 5.45,
    namedRarity: 1.46,
    names: 0.59,
    cover: 0.9,
    title: 1.69,
    fragment: -0.58,
    coverRest: -0.59,
    bm25Rest: 1.89,
    chain: 1,
    lead: 1.01,
    only: 2.89,
    gain: 3.52,
    leadNamed: 0.76,
    support: -0.6,
    spread: 1.21,
    spreadPlace: 2.19,
    spreadTitle: 0.26,
    spreadCosine: 2.62,
  },
  turns: {
    bm25: 2,
    cosine: 1,
    cover: 1,
  },
  cover: 2,
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
