import type { Asked } from './asked.ts'
import type { FollowedName, Remainder } from './follow-names.ts'
import type { ReadTerms } from './passage-terms.ts'

/** The passages kept for each name. */
const passagesKept = 6
/** What a passage fits more whose title has the name. */
const titleBonus = 0.25
/** What a term counts that the passage has already, and how far one counts less that the words around the name explain. */
const hadShare = 0.5
const explainedShare = 0.7

/** A passage that speaks of a name. */
interface NameHolder {
  readonly number: number
  /** How much it has of what the name leaves unexplained, about 0 to 1; more where its title has the name. */
  readonly fit: number
  readonly isInTitle: boolean
}

interface NameHolders {
  /** Best first; equal ones in the order of ids. */
  readonly holders: readonly NameHolder[]
  /** How rare the name is: ln(passages / passages that speak of it) / ln(passages), 0 to 1. */
  readonly rarity: number
  /** How well that sentence of a holder which speaks of the name fits what the name leaves unexplained, 0 to 1. */
  readonly sentenceFit: (holder: NameHolder) => number
}

/** The best of the passages that speak of a name, but for the one it was found in. Costs the number of passages that speak of it. */
export function nameHolders(name: FollowedName, from: number, remains: Remainder, asked: Asked, read: ReadTerms): NameHolders {
  const { passages, terms, frequencies } = asked
  const { stems } = passages.name(name.at.name)
  const holders = passages.holders(name.at.name)
  if (holders.length === 0 || stems.length === 0) return { holders: [], rarity: 0, sentenceFit: () => 0 }
  const weights = terms.map(({ weight }, term) =>
    remains.weights[term] === 0
      ? 0
      : (weight + 0.05) * ((frequencies[term]?.[from] ?? 0) > 0 ? hadShare : 1) * (1 - explainedShare * (name.explained[term] ?? 0)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1
  return {
    holders: best(holders, from, stems, weights, total, asked),
    rarity: passages.count < 2 ? 0 : Math.log(passages.count / holders.length) / Math.log(passages.count),
    sentenceFit: ({ number, isInTitle }) => sentenceFit(number, stems[0] ?? -1, isInTitle, weights, total, asked, read),
  }
}

function best(
  holders: readonly number[],
  from: number,
  stems: readonly number[],
  weights: readonly number[],
  total: number,
  { passages, frequencies }: Asked,
): readonly NameHolder[] {
  const { chunks } = passages.index
  const fits = new Float64Array(holders.length)
  for (let term = 0; term < weights.length; term += 1) {
    const weight = (weights[term] ?? 0) / total
    const frequency = frequencies[term]
    if (weight === 0 || frequency === undefined) continue
    for (let place = 0; place < holders.length; place += 1) {
      const had = frequency[holders[place] ?? 0] ?? 0
      if (had > 0) fits[place] = (fits[place] ?? 0) + weight * had
    }
  }
  // No other than those that reach the last kept by their fit, with the bonus, have to be looked at.
  const enough = nthBest(fits, passagesKept + 1) + 0.02
  const kept: NameHolder[] = []
  for (let place = 0; place < holders.length; place += 1) {
    const number = holders[place] ?? 0
    const fit = (fits[place] ?? 0) + 0.02
    if (number === from || fit + titleBonus < enough) continue
    const isInTitle = stems.every((stem) => passages.titleHas(number, stem))
    if (!isInTitle && fit < enough) continue
    insert(kept, { number, fit: fit + (isInTitle ? titleBonus : 0), isInTitle }, chunks)
  }
  return kept
}

/** The n-th largest of some numbers of 0 and up; 0 when there are fewer. */
function nthBest(values: Float64Array, n: number): number {
  const best = new Float64Array(n)
  for (const value of values) {
    if (value <= (best[n - 1] ?? 0)) continue
    let place = n - 1
    for (; place > 0 && (best[place - 1] ?? 0) < value; place -= 1) best[place] = best[place - 1] ?? 0
    best[place] = value
  }
  return best[n - 1] ?? 0
}

function insert(kept: NameHolder[], holder: NameHolder, chunks: readonly { readonly id: string }[]): void {
  let place = kept.length
  while (place > 0 && comesBefore(holder, kept[place - 1], chunks)) place -= 1
  if (place >= passagesKept) return
  kept.splice(place, 0, holder)
  if (kept.length > passagesKept) kept.pop()
}

function comesBefore(holder: NameHolder, other: NameHolder | undefined, chunks: readonly { readonly id: string }[]): boolean {
  if (other === undefined || holder.fit !== other.fit) return holder.fit > (other?.fit ?? 0)
  return (chunks[holder.number]?.id ?? '') < (chunks[other.number]?.id ?? '')
}

/** The best fit of a sentence that has the name's first word; of any, where the title has the name. */
function sentenceFit(
  number: number,
  firstStem: number,
  isInTitle: boolean,
  weights: readonly number[],
  total: number,
  { passages }: Asked,
  read: ReadTerms,
): number {
  const chunk = passages.index.chunks[number]
  const { starts, terms } = read(number)
  if (chunk === undefined) return 0
  let best = 0
  let begin = chunk.titleTokens
  for (const [sentence, { tokenEnd }] of chunk.sentences.entries()) {
    const [from, to] = [starts[sentence] ?? 0, starts[sentence + 1] ?? 0]
    if (to > from && (isInTitle || isAmong(chunk.stems, begin, tokenEnd, firstStem))) {
      let fit = 0
      // Each term once.
      for (let hit = from; hit < to; hit += 1) if (terms.indexOf(terms[hit] ?? -1, from) === hit) fit += weights[terms[hit] ?? -1] ?? 0
      best = Math.max(best, fit / total)
    }
    begin = tokenEnd
  }
  return best
}

function isAmong(stems: Int32Array, from: number, to: number, stem: number): boolean {
  for (let place = from; place < to; place += 1) if (stems[place] === stem) return true
  return false
}
