import type { Asked } from './asked.ts'
import type { FollowedName, Remainder } from './follow-names.ts'
import type { Reached, Source } from './hop.ts'
import { nameHolders } from './name-holders.ts'
import type { ReadTerms } from './passage-terms.ts'
import { signalAt } from './signals.ts'

/** The names of a passage that are looked for elsewhere; more of one that the question names. */
const namesFollowed = 6
const namesFollowedFromSeed = 16

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
    const { holders, rarity, sentenceFit } = nameHolders(name, from.number, remains, asked, read)
    for (const [place, holder] of holders.entries()) {
      const { number } = holder
      const { signals, steps } = reach(number)
      const seedPlace = (from.sureness * rarity) / (1 + place)
      if (seedPlace > (signals[signalAt.seedPlace] ?? 0)) {
        signals[signalAt.seedPlace] = seedPlace
        steps.seedSpread = { from: from.number, name }
      }
      const cosine = asked.cosine[number] ?? 0
      const value = from.share * (0.1 + name.fit) * (0.05 + holder.fit + 0.5 * sentenceFit(holder) + 0.5 * cosine) * (0.3 + rarity)
      if (value <= (signals[signalAt.spread] ?? 0)) continue
      const news = Math.max(0, cosine - (asked.cosine[from.number] ?? 0) * likeness(number))
      signals[signalAt.spread] = value
      signals[signalAt.spreadPlace] = (from.share * rarity) / (1 + place)
      signals[signalAt.spreadCosine] = from.share * rarity * news
      steps.spread = { from: from.number, name }
    }
  }
}

/** To the passages that speak of a passage by its own name, where the question does not have it. */
export function spreadOwnName(from: Source, remains: Remainder, asked: Asked, read: ReadTerms, reach: (number: number) => Reached): void {
  const { passages } = asked
  const at = passages.ownName(from.number)
  if (at === undefined || isAsked(at.name, asked)) return
  const name = { at, fit: 0, explained: new Float64Array(asked.terms.length), isAsked: false }
  const { holders, rarity } = nameHolders(name, from.number, remains, asked, read)
  for (const [place, { number }] of holders.entries()) {
    const { signals, steps } = reach(number)
    const ownPlace = (from.share * rarity) / (1 + place)
    if (ownPlace <= (signals[signalAt.ownPlace] ?? 0)) continue
    signals[signalAt.ownPlace] = ownPlace
    steps.own = { from: from.number, name }
  }
}

function isAsked(name: number, { passages, names }: Asked): boolean {
  const { text } = passages.name(name)
  return names.some((asked) => asked.text === text)
}
