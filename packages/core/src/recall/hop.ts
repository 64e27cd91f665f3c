import type { Asked } from './asked.ts'
import { type FollowedName, followNames, remainder } from './follow-names.ts'
import { onlyness, type Seed, seedSureness } from './own-evidence.ts'
import type { ReadTerms } from './passage-terms.ts'
import { type SignalName, type Signals, signalAt, signalNames } from './signals.ts'
import { spread, spreadOwnName } from './spread.ts'

/** How a passage was reached: by a name that another speaks of, or by that one's own. */
export interface Step {
  readonly from: number
  readonly name: FollowedName
}

export type Way = 'chain' | 'spread' | 'seedChain' | 'seedSpread' | 'own'

/**
 * The ways to a passage, each with the signals it gives: the first of them tells which of two such ways is better, and all come from that one. A
 * passage about a name, and one that speaks of a name; the same from a passage that the question names; and by the own name of a passage.
 */
export const signalsOfWay: Readonly<Record<Way, readonly [SignalName, ...SignalName[]]>> = {
  chain: ['chain', 'lead', 'only', 'gain'],
  spread: ['spread', 'spreadPlace', 'spreadCosine'],
  seedChain: ['seedOnly'],
  seedSpread: ['seedPlace'],
  own: ['ownPlace'],
}

/** What the hops from a beam show of one passage. */
export interface Reached {
  readonly signals: Signals
  /** The best step of each way. */
  readonly steps: Partial<Record<Way, Step>>
}

/** A passage with its score. */
export interface Scored {
  readonly number: number
  readonly score: number
}

/**
 * Follows the names in the best passages, the best fitting first, to the passages that are about them and to those that speak of them, and writes
 * into `reached` what this shows of each passage: the signals from `chain` to `ownPlace`, those of each way from the best step of that way, over all
 * hops.
 *
 * @param beam best first, scores above 0.
 */
export function hop(
  beam: readonly Scored[],
  asked: Asked,
  seeds: ReadonlyMap<number, Seed>,
  read: ReadTerms,
  reached: Map<number, Reached>,
): void {
  const reach = (number: number): Reached => {
    let to = reached.get(number)
    if (to === undefined) {
      to = { signals: new Float64Array(signalNames.length), steps: {} }
      reached.set(number, to)
    }
    return to
  }
  const best = beam[0]?.score ?? 1
  // As they were reached before this hop, whichever comes first in it.
  const ways = beam.map(({ number }) => explainedBy(reached.get(number)))
  for (const [place, { number, score }] of beam.entries()) {
    const seed = seeds.get(number)
    const from = { number, share: score / best, sureness: seedSureness(seed) }
    const remains = remainder(number, asked, seed, seed === undefined ? ways[place] : undefined, read)
    const names = followNames(number, asked, remains, read)
    for (const [order, name] of names.entries()) if (!name.isAsked) chain(from, name, order, asked, reach)
    spread(from, names, remains, asked, read, reach)
    spreadOwnName(from, remains, asked, read, reach)
  }
}

/** A passage of the beam that names are followed from. */
export interface Source {
  readonly number: number
  /** Its score over the best. */
  readonly share: number
  /** How surely it is what the question names, 0 for what it does not name. */
  readonly sureness: number
}

/** To the passages about a name. */
function chain(
  { number, share, sureness }: Source,
  name: FollowedName,
  place: number,
  asked: Asked,
  reach: (number: number) => Reached,
): void {
  const about = asked.passages.name(name.at.name).about.filter(({ chunk }) => chunk !== number)
  for (const { chunk, kind } of about) {
    const to = reach(chunk)
    const { signals, steps } = to
    const surely = kind / 3
    const seedOnly = sureness * surely * onlyness(about)
    if (seedOnly > (signals[signalAt.seedOnly] ?? 0)) {
      signals[signalAt.seedOnly] = seedOnly
      steps.seedChain = { from: number, name }
    }
    const value = share * (0.1 + name.fit) * surely
    if (value <= (signals[signalAt.chain] ?? 0)) continue
    signals[signalAt.chain] = value
    signals[signalAt.lead] = (share / (1 + place)) * surely
    signals[signalAt.only] = share * surely * onlyness(about)
    signals[signalAt.gain] = share * gain(number, chunk, asked)
    steps.chain = { from: number, name }
  }
}

/** The share of the question that one passage has and another has not. */
function gain(from: number, to: number, { terms, frequencies, totalWeight }: Asked): number {
  let gained = 0
  for (let term = 0; term < terms.length; term += 1) {
    const frequency = frequencies[term]
    if ((frequency?.[from] ?? 0) === 0 && (frequency?.[to] ?? 0) > 0) gained += terms[term]?.weight ?? 0
  }
  return gained / totalWeight
}

function explainedBy(reached: Reached | undefined): FollowedName | undefined {
  return (reached?.steps.chain ?? reached?.steps.spread)?.name
}
