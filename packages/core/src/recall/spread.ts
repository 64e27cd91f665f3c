import type { Asked } from './asked.ts'
import type { FollowedName, Remainder } from './follow-names.ts'
import type { Reached, Source } from './hop.ts'
import type { ReadTerms } from './passage-terms.ts'
import { signalAt } from './signals.ts'

/** The names of a passage that are looked for elsewhere, more of one that the question names; and the passages kept for each. */
const namesFollowed = 6
const namesFollowedFromSeed = 16
const passagesKept = 6
/** What a passage fits more whose title has the name. */
const titleBonus = 0.25
/** What a term counts that the passage has already, and how far one counts less that the words around the name explain. */
const hadShare = 0.5
const explainedShare = 0.7

/** To the passages that speak of a name, the best of them by how much they have of what the name leaves unexplained. */
export function spread(
  from: Source,
  names: readonly FollowedName[],
  remains: Remainder,
  asked: Asked,
  read: ReadTerms,
  reach: (number: number) => Reached,
): void {
  const { passages } = asked
  const likeness = passages.index.vectors.likenessTo(from.number)
  const mostNames = from.sureness > 0 ? namesFollowedFromSeed : namesFollowed
  const followed = names.filter(({ at, isAsked }) => !isAsked && !passages.name(at.name).startsNumeric).slice(0, mostNames)
  for (const name of followed) {
    const { holders, rarity, fitsOf } = holdersOf(name, from.number, remains, asked, read)
    for (const [place, holder] of holders.entries()) {
      const { number } = holder
      const { signals, steps } = reach(number)
      const seedPlace = (from.sureness * rarity) / (1 + place)
      if (seedPlace > (signals[signalAt.seedPlace] ?? 0)) {
        signals[signalAt.seedPlace] = seedPlace
        steps.seedSpread = { from: from.number, name }
      }
      const cosine = asked.cosine[number] ?? 0
      const value = from.share * (0.1 + name.fit) * (0.05 + holder.fit + 0.5 * fitsOf(holder) + 0.5 * cosine) * (0.3 + rarity)
      if (value <= (signals[signalAt.spread] ?? 0)) continue
      const news = Math.max(0, cosine - (asked.cosine[from.number] ?? 0) * likeness(number))
      signals[signalAt.spread] = value
      signals[signalAt.spreadPlace] = (from.share * rarity) / (1 + place)
      signals[signalAt.spreadCosine] = from.share * rarity * news
      steps.spread = { from: from.number, name }
    }
  }
  const at = passages.ownName(from.number)
  if (at === undefined || isAsked(at.name, asked)) return
  const name = { at, fit: 0, explained: new Float64Array(asked.terms.length), isAsked: false }
  const { holders, rarity } = holdersOf(name, from.number, remains, asked, read)
  for (const [place, { number }] of holders.entries()) {
    const { signals, steps } = reach(number)
    const ownPlace = (from.share * rarity) / (1 + place)
    if (ownPlace <= (signals[signalAt.ownPlace] ?? 0)) continue
    signals[signalAt.ownPlace] = ownPlace
    steps.own = { from: from.number, name }
  }
}

/** The best passages that speak of a name; how rare the name is, 0 to 1; and how well the sentences of one that speak of it fit what it leaves unexplained. */
function holdersOf(
  name: FollowedName,
  from: number,
  remains: Remainder,
  asked: Asked,
  read: ReadTerms,
): { readonly holders: readonly Holder[]; readonly rarity: number; readonly fitsOf: (holder: Holder) => number } {
  const { passages, terms, frequencies } = asked
  const { stems } = passages.name(name.at.name)
  const holders = passages.holders(name.at.name)
  if (holders.length === 0 || stems.length === 0) return { holders: [], rarity: 0, fitsOf: () => 0 }
  const weights = terms.map(({ weight }, term) =>
    remains.weights[term] === 0
      ? 0
      : (weight + 0.05) * ((frequencies[term]?.[from] ?? 0) > 0 ? hadShare : 1) * (1 - explainedShare * (name.explained[term] ?? 0)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1
  return {
    holders: best(holders, from, stems, weights, total, asked),
    rarity: passages.count < 2 ? 0 : Math.log(passages.count / holders.length) / Math.log(passages.count),
    fitsOf: ({ number, isInTitle }) => sentenceFit(number, stems[0] ?? -1, isInTitle, weights, total, asked, read),
  }
}

function isAsked(name: number, { passages, names }: Asked): boolean {
  const { text } = passages.name(name)
  return names.some((asked) => asked.text === text)
}

interface Holder {
  readonly number: number
  readonly fit: number
  readonly isInTitle: boolean
}

function best(
  holders: readonly number[],
  from: number,
  stems: readonly number[],
  weights: readonly number[],
  total: number,
  { passages, frequencies }: Asked,
): readonly Holder[] {
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
  const kept: Holder[] = []
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

function insert(kept: Holder[], holder: Holder, chunks: readonly { readonly id: string }[]): void {
  let place = kept.length
  while (place > 0 && comesBefore(holder, kept[place - 1], chunks)) place -= 1
  if (place >= passagesKept) return
  kept.splice(place, 0, holder)
  if (kept.length > passagesKept) kept.pop()
}

function comesBefore(holder: Holder, other: Holder | undefined, chunks: readonly { readonly id: string }[]): boolean {
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
