import type { Passages } from '../view/passages.ts'
import { type Asked, ask } from './asked.ts'
import { choosePassages } from './choose-passages.ts'
import { bestOf, byScore, firstScores } from './first-scores.ts'
import { hop, type Reached, type Scored } from './hop.ts'
import { addOwnEvidence, type Seed, seedsOf } from './own-evidence.ts'
import { termReader } from './passage-terms.ts'
import type { RecallQuestion } from './recall-question.ts'
import { type Signals, signalAt, signalNames } from './signals.ts'
import { asVector, type RecallWeights, recallWeights, weigh } from './weights.ts'
import { addStanding, standingOf } from './where-it-stands.ts'

/** A passage that was weighed, with what its signals were. */
interface Candidate {
  readonly number: number
  readonly signals: Signals
  readonly reached: Reached | undefined
}

/** The passages of a memory, ranked for a question. */
export interface RankedPassages {
  readonly asked: Asked
  /** By number of chunk. */
  readonly candidates: ReadonlyMap<number, Candidate>
  /** The candidates, best first, scores of 1 and up. */
  readonly ranked: readonly Scored[]
  /** What passages show by themselves, for those that are no candidates. */
  readonly first: Float64Array
  readonly weights: RecallWeights
}

/** How many become candidates by what they show by themselves, by their cosine, and as named in the question. */
const poolByFirst = 120
const poolByCosine = 15
const poolByName = 60
const beamWidth = 8

/**
 * `asked → first scores → pool → hop from a beam → hop again → signals → weighed → chosen`: ranks passages by all that recall knows of them.
 * Bounded by pools and beams, but for the postings of the question's terms and one cosine a passage.
 */
export function rankPassages(
  question: RecallQuestion,
  vector: Float32Array,
  passages: Passages,
  weights: RecallWeights = recallWeights,
): RankedPassages {
  const asked = ask(question, vector, passages)
  const seeds = seedsOf(asked.names)
  const first = firstScores(asked, seeds)
  const read = termReader(asked)
  const pool = poolOf(first, asked, seeds)
  const reached = new Map<number, Reached>()
  hop(pool.slice(0, beamWidth), asked, seeds, read, reached)
  hop(beamOf(reached, pool, first, asked), asked, seeds, read, reached)
  const standing = standingOf(asked)
  const candidates = new Map<number, Candidate>()
  for (const number of new Set([...pool.map((scored) => scored.number), ...reached.keys()])) {
    const way = reached.get(number)
    const signals = way?.signals ?? new Float64Array(signalNames.length)
    addOwnEvidence(signals, number, asked, seeds.get(number))
    addStanding(signals, number, asked, standing)
    candidates.set(number, { number, signals, reached: way })
  }
  return { asked, candidates, ranked: weighed([...candidates.values()], asked, weights), first, weights }
}

/** The best after a hop, by `first + 1.5 chain + ½ lead + ½ spread`: weights chosen before any was fitted. */
function beamOf(reached: ReadonlyMap<number, Reached>, pool: readonly Scored[], first: Float64Array, asked: Asked): readonly Scored[] {
  const scores = new Map(pool.map(({ number, score }) => [number, score]))
  for (const [number, { signals }] of reached) {
    const hopped = 1.5 * (signals[signalAt.chain] ?? 0) + 0.5 * (signals[signalAt.lead] ?? 0) + 0.5 * (signals[signalAt.spread] ?? 0)
    scores.set(number, (first[number] ?? 0) + hopped)
  }
  return Array.from(scores, ([number, score]) => ({ number, score }))
    .sort(byScore(asked.passages.index.chunks))
    .slice(0, beamWidth)
}

function poolOf(first: Float64Array, asked: Asked, seeds: ReadonlyMap<number, Seed>): readonly Scored[] {
  const { chunks } = asked.passages.index
  const scored = (numbers: Iterable<number>) => Array.from(numbers, (number) => ({ number, score: first[number] ?? 0 }))
  const named = scored(seeds.keys()).sort(byScore(chunks)).slice(0, poolByName)
  const near = bestOf(asked.cosine, poolByCosine, asked)
  const numbers = new Set([...bestOf(first, poolByFirst, asked), ...named, ...near].map(({ number }) => number))
  return scored(numbers).sort(byScore(chunks))
}

function weighed(candidates: readonly Candidate[], asked: Asked, weights: RecallWeights): readonly Scored[] {
  const { chunks } = asked.passages.index
  const passages = asVector(weights.passages)
  const turns = asVector(weights.turns)
  const scored = candidates.map(({ number, signals }) => ({
    number,
    score: weigh(signals, chunks[number]?.episode.kind === 'turn' ? turns : passages),
  }))
  const chosen = choosePassages(scored.sort(byScore(chunks)), asked, weights.cover)
  const least = Math.min(0, chosen.at(-1)?.score ?? 0)
  return chosen.map(({ number, score }) => ({ number, score: 1 + score - least }))
}

/** The score of a passage that is no candidate, by what it shows by itself: 0 up to 1, below all candidates. */
export function scoreUnweighed({ first }: RankedPassages, number: number): number {
  const own = first[number] ?? 0
  return own / (1 + own)
}
