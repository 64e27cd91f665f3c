import type { Asked } from './asked.ts'
import { type FollowedName, followNames, remainder } from './follow-names.ts'
import { onlyness, type Seed } from './own-evidence.ts'
import type { ReadTerms } from './passage-terms.ts'
import { type SignalName, type Signals, signalAt, signalNames } from './signals.ts'
import { spread } from './spread.ts'

/** How a passage was reached: by a name that another speaks of. */
export interface Step {
  readonly from: number
  readonly name: FollowedName
}

/** What the hops from a beam show of one passage. */
export interface Reached {
  readonly signals: Signals
  /** The best way to it as a passage about a name, and as one that speaks of a name. */
  chain: Step | undefined
  spread: Step | undefined
}

/** A passage with its score. */
export interface Scored {
  readonly number: number
  readonly score: number
}

/**
 * Follows the names in the best passages, the best fitting first, to the passages that are about them and to those that speak of them, and returns
 * what this shows of each passage reached: the signals from `chain` to `spreadCosine`, each from the best way to it.
 *
 * @param beam best first, scores above 0.
 * @param ways how the passages of the beam were reached before.
 */
export function hop(
  beam: readonly Scored[],
  asked: Asked,
  seeds: ReadonlyMap<number, Seed>,
  read: ReadTerms,
  ways: ReadonlyMap<number, Reached>,
): ReadonlyMap<number, Reached> {
  const reached = new Map<number, Reached>()
  const reach = (number: number): Reached => {
    let to = reached.get(number)
    if (to === undefined) {
      to = { signals: new Float64Array(signalNames.length), chain: undefined, spread: undefined }
      reached.set(number, to)
    }
    return to
  }
  const best = beam[0]?.score ?? 1
  for (const { number, score } of beam) {
    const share = score / best
    const seed = seeds.get(number)
    const remains = remainder(number, asked, seed, seed === undefined ? wayTo(ways.get(number)) : undefined, read)
    const names = followNames(number, asked, remains, read)
    for (const [place, name] of names.entries()) if (!name.isAsked) chain(number, name, place, share, asked, reach)
    spread(number, share, names, remains, asked, read, reach)
  }
  return reached
}

/** To the passages about a name. */
function chain(from: number, name: FollowedName, place: number, share: number, asked: Asked, reach: (number: number) => Reached): void {
  const about = asked.passages.name(name.at.name).about.filter(({ chunk }) => chunk !== from)
  for (const { chunk, kind } of about) {
    const to = reach(chunk)
    const { signals } = to
    const surely = kind / 3
    const value = share * (0.1 + name.fit) * surely
    if (value <= (signals[signalAt.chain] ?? 0)) continue
    signals[signalAt.chain] = value
    signals[signalAt.lead] = (share / (1 + place)) * surely
    signals[signalAt.only] = share * surely * onlyness(about)
    signals[signalAt.gain] = share * gain(from, chunk, asked)
    to.chain = { from, name }
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

const ofChain = ['chain', 'lead', 'only', 'gain'] as const
const ofSpread = ['spread', 'spreadPlace', 'spreadTitle', 'spreadCosine'] as const

/** The better of two hops for each passage: by its chain and by its spread, each with all that goes with it. */
export function better(one: ReadonlyMap<number, Reached>, other: ReadonlyMap<number, Reached>): ReadonlyMap<number, Reached> {
  const best = new Map(one)
  for (const [number, reached] of other) {
    const known = one.get(number)
    if (known === undefined) best.set(number, reached)
    else best.set(number, betterOf(known, reached))
  }
  return best
}

function betterOf(one: Reached, other: Reached): Reached {
  const signals = new Float64Array(signalNames.length)
  const chain = at(one, 'chain') >= at(other, 'chain') ? one : other
  const spread = at(one, 'spread') >= at(other, 'spread') ? one : other
  for (const name of ofChain) signals[signalAt[name]] = at(chain, name)
  for (const name of ofSpread) signals[signalAt[name]] = at(spread, name)
  return { signals, chain: chain.chain, spread: spread.spread }
}

function at({ signals }: Reached, name: SignalName): number {
  return signals[signalAt[name]] ?? 0
}

function wayTo(reached: Reached | undefined): FollowedName | undefined {
  return (reached?.chain ?? reached?.spread)?.name
}
