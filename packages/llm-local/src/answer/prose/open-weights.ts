/** What speaks for a stretch of a sentence as the answer to an open question; all 0 to 1. */
export const openSignals = [
  /** Share of the question's words that the sentence has; by their rarity, as all shares here. */
  'sentence',
  /** Share that the passage has together with the best one that it names or that names it. */
  'pair',
  /** What of it the sentence has that the linked passage lacks. */
  'adds',
  /** How near the words are that the question has next to its asking word. */
  'focus',
  /** Share of the question's names that the passage has. */
  'names',
  /** Whether the passage is about what a relation in the question led to. */
  'known',
  /** 1 over the place of the passage. */
  'rank',
  /** Whether it is of the kind asked for; and whether it cannot be. */
  'kind',
  'unkind',
  /** Whether the noun of the question ("which *league*") is in it or beside it; and whether the passage about it says that it is one. */
  'noun',
  'isNoun',
  /** Its length, over 40 letters. */
  'length',
] as const

export type OpenSignal = (typeof openSignals)[number]

/**
 * Fitted by `npm run fit-answers`, to one decimal, by softmax regression (L2 .02) on the open questions in the tuning halves of 2wiki-dev, hotpot-dev and musique-dev. A
 * question's names count against a passage: what is asked for is told in the one that the names lead to.
 */
export const openWeights: Readonly<Record<OpenSignal, number>> = {
  sentence: 0.7,
  pair: 2.7,
  adds: 0.9,
  focus: 1.5,
  names: -0.7,
  known: 0.9,
  rank: 1.6,
  kind: 1.7,
  unkind: -1.1,
  noun: 0.8,
  isNoun: 0.9,
  length: 0.7,
}

/** The score of "none of them", fitted with the weights: the answer where no stretch of the passages is right. */
export const noneScore = 7
