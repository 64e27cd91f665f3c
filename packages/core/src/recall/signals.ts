/**
 * What recall knows of a passage for a question, by name. All are 0 or more, mostly up to 1, and 0 where they do not apply. "The best" is the best
 * believed passage of the memory; rarity is BM25's idf; a share is by rarity; s is the score of the passage that a name was followed from, over the
 * best.
 */
export const signalNames = [
  // Own evidence.
  /** BM25 over the best. */
  'bm25',
  /** Cosine of the passage with the question, over the best. */
  'cosine',
  /** A name in the question that it is about: how surely, over how many are of that name; and the same times the name's rarity over 20, up to 1. */
  'named',
  'namedRarity',
  /** Share of the question's names that it speaks of or is about. */
  'names',
  /** Share of the question's terms that it has. */
  'cover',
  /** Share of its title that the question has. */
  'title',
  /** `bm25` of the terms outside the names that the memory knows. */
  'bm25Rest',
  // It is about a name that a passage of the beam speaks of.
  /** s · (.1 + fit of the words around the name with what is still asked) · how surely it is about that name. */
  'chain',
  /** s over the place of the name among the names of that passage; and s over how many passages are about it. */
  'lead',
  'only',
  /** s · share of the question that it has and that passage has not. */
  'gain',
  // It speaks of a name that a passage of the beam speaks of.
  /** s · fit of the name · fit of this passage with what the name leaves unexplained · rarity of the name. */
  'spread',
  /** s · rarity of the name over its place among those that speak of it. */
  'spreadPlace',
  /** s · rarity of the name · what its cosine with the question has beyond the cosine that comes by way of that passage. */
  'spreadCosine',
  // It is one step from a passage that the question names; r is how surely that is the passage meant: 1 over the root of how many bear the name.
  /** r · how surely it is about a name that passage speaks of, over how many are about it. */
  'seedOnly',
  /** r · rarity of a name that passage speaks of, over its place among those that speak of it. */
  'seedPlace',
  // It speaks of a passage of the beam by that one's own name.
  /** s · rarity of that name over its place among those that speak of it; 0 for a name that the question has. */
  'ownPlace',
  // Where it stands: after a turn in its session, or after a passage in its document.
  'bm25Before',
  'bm25After',
  /** `bm25` and `cover` of what is before, where that asks a question and another speaks. */
  'answers',
  'answersCover',
  /** Share of the question's terms that it, what is before and what is after have together. */
  'coverAround',
  /** Mean cosine of it and the two before and after it, over the best passage's. */
  'cosineAround',
  /** Share of the question's terms in its session or document; and the best cosine there. */
  'coverSession',
  'cosineSession',
  /** 1 when the question names who speaks. */
  'speaks',
  /** 1 when the question asks for a time and it has a word of time. */
  'timeAsked',
  /** Share of the months and years in the question that are those of its date. */
  'date',
  /** ln(1 + its words) / 5. */
  'length',
] as const

export type SignalName = (typeof signalNames)[number]

/** The signals of one passage, in the order of `signalNames`. */
export type Signals = Float64Array

export const signalAt: Readonly<Record<SignalName, number>> = Object.fromEntries(signalNames.map((name, place) => [name, place])) as Record<
  SignalName,
  number
>

/** What each signal weighs; those left out weigh nothing. */
export type Weights = Readonly<Partial<Record<SignalName, number>>>
