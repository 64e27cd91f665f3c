import type { PassageName } from '../view/passages.ts'
import type { Asked } from './asked.ts'
import type { Seed } from './own-evidence.ts'
import type { ReadTerms } from './passage-terms.ts'

/** A name in a passage of the beam, with how well the words around it fit what the question still asks. */
export interface FollowedName {
  readonly at: PassageName
  /** The sum of two fits, 0 to 2: with the terms as they weigh, and with those near the passage's own name in the question weighing more. */
  readonly fit: number
  /** By term: how far the words around the name explain it, 0 to 1. */
  readonly explained: Float64Array
  /** Whether the question has the name itself. */
  readonly isAsked: boolean
}

/** What a question still asks once a passage is in hand. */
export interface Remainder {
  /** By term: .3 + its weight; 0 for those in the passage's own name. */
  readonly weights: Float64Array
  /** The same over 1 + half its distance from the passage's own name in the question. */
  readonly nearWeights: Float64Array
}

/** Words that far from a name count half. */
const halfDistance = 6
/** How far a term counts less that the way to a passage has explained. */
const spentShare = 0.9

/**
 * What the question asks outside the passage's own name: outside the name it is a seed by, and outside the words of its title. What the way to the
 * passage has explained counts little from here on.
 */
export function remainder(number: number, asked: Asked, seed: Seed | undefined, way: FollowedName | undefined, read: ReadTerms): Remainder {
  const { inTitle } = read(number)
  const weights = new Float64Array(asked.terms.length)
  const nearWeights = new Float64Array(asked.terms.length)
  let from = seed?.name.from ?? Number.POSITIVE_INFINITY
  let to = seed?.name.to ?? Number.NEGATIVE_INFINITY
  const isOwn = asked.terms.map(({ at }, term) => inTitle[term] === 1 || (seed !== undefined && at >= seed.name.from && at < seed.name.to))
  if (seed === undefined) {
    for (const [term, { at }] of asked.terms.entries()) {
      if (isOwn[term] !== true) continue
      from = Math.min(from, at)
      to = Math.max(to, at + 1)
    }
  }
  for (const [term, { at, weight }] of asked.terms.entries()) {
    if (isOwn[term] === true) continue
    const distance = from > to ? 0 : at < from ? from - at : Math.max(0, at - to + 1)
    const left = (0.3 + weight) * (1 - spentShare * (way?.explained[term] ?? 0))
    weights[term] = left
    nearWeights[term] = left / (1 + distance / 2)
  }
  return { weights, nearWeights }
}

/**
 * The names in a passage, those first that the words around them say the question is after: question-aware links, where PageRank would take them
 * all alike. `fit = Σ weight · nearness / Σ weight` over the terms in the name's sentence, nearness 1 / (1 + words between / 6). Each name once,
 * at its best mention; the passage's own names are left out.
 */
export function followNames(number: number, asked: Asked, remains: Remainder, read: ReadTerms): readonly FollowedName[] {
  const { passages, names: askedNames, terms } = asked
  const chunk = passages.index.chunks[number]
  if (chunk === undefined) return []
  const { starts, places, terms: termAt } = read(number)
  const best = new Map<number, FollowedName>()
  const near = new Float64Array(terms.length)
  const here = new Float64Array(terms.length)
  const total = sum(remains.weights) || 1
  const nearTotal = sum(remains.nearWeights) || 1
  for (const at of passages.names(number)) {
    const { text } = passages.name(at.name)
    if (chunk.ownNames.includes(text)) continue
    near.fill(0)
    here.fill(0)
    for (let hit = starts[at.sentence] ?? 0; hit < (starts[at.sentence + 1] ?? 0); hit += 1) {
      const place = places[hit] ?? 0
      if (place >= at.from && place < at.to) continue
      const term = termAt[hit] ?? 0
      const distance = place < at.from ? at.from - place : place - at.to + 1
      here[term] = 1
      near[term] = Math.max(near[term] ?? 0, 1 / (1 + distance / halfDistance))
    }
    let fit = 0
    let nearFit = 0
    for (let term = 0; term < terms.length; term += 1) {
      fit += (remains.weights[term] ?? 0) * (near[term] ?? 0)
      nearFit += (remains.nearWeights[term] ?? 0) * (near[term] ?? 0)
    }
    const both = fit / total + nearFit / nearTotal
    const known = best.get(at.name)
    if (known !== undefined && known.fit >= both) continue
    const isAsked = known?.isAsked ?? askedNames.some((name) => name.text === text)
    best.set(at.name, { at, fit: both, explained: near.map((value, term) => Math.max(value, 0.5 * (here[term] ?? 0))), isAsked })
  }
  return [...best.values()].sort((a, b) => b.fit - a.fit || a.at.from - b.at.from || b.at.to - a.at.to)
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
