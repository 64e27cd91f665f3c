import type { SignalName } from '@graphmem/core'
import type { Weights } from '../recall/rank-by.ts'
import type { BenchSignal, Candidate } from '../recall/weighed-query.ts'

/** One question: its candidates, and which of them hold the evidence. */
export interface FitGroup {
  readonly candidates: readonly Candidate[]
  readonly isGold: readonly boolean[]
}

/**
 * The signals of passages that are fitted; `chain` and `spread` tell ways apart and add nothing beside what goes with them, nor does `cover` beside the
 * choice of a set. Those of turns are not fitted: see `weights.ts` in core.
 */
export const fittedSignals: readonly SignalName[] = [
  'bm25',
  'cosine',
  'named',
  'namedRarity',
  'names',
  'title',
  'bm25Rest',
  'lead',
  'only',
  'gain',
  'spreadPlace',
  'spreadCosine',
  'seedOnly',
  'seedPlace',
  'ownPlace',
]

const penalty = 0.02
const epochs = 100
const firstRate = 0.12

interface Matrix {
  /** A row a candidate, in units of each signal's deviation. */
  readonly values: Float64Array
  readonly count: number
  readonly isGold: readonly boolean[]
  readonly golds: number
}

/**
 * A linear ranking by softmax: for each question, each piece of evidence against all that is none, `−ln(e^gold / (e^gold + Σ e^other))`, with an L2
 * penalty of .02 on standardised weights, by Adam. The same questions always give the same weights.
 */
export function fitWeights(groups: readonly FitGroup[], signals: readonly BenchSignal[] = fittedSignals): Weights {
  const deviations = deviationsOf(groups, signals)
  const matrices = groups.filter(({ isGold }) => isGold.includes(true)).map((group) => matrixOf(group, signals, deviations))
  const size = signals.length
  const weights = new Float64Array(size)
  const momentum = new Float64Array(size)
  const square = new Float64Array(size)
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const gradient = new Float64Array(size)
    for (const matrix of matrices) addGradient(gradient, matrix, weights)
    const rate = firstRate * (1 - epoch / (epochs * 1.05))
    for (let at = 0; at < size; at += 1) {
      const slope = (gradient[at] ?? 0) / matrices.length + penalty * (weights[at] ?? 0)
      momentum[at] = 0.9 * (momentum[at] ?? 0) + 0.1 * slope
      square[at] = 0.98 * (square[at] ?? 0) + 0.02 * slope * slope
      const step = (momentum[at] ?? 0) / (1 - 0.9 ** epoch) / (Math.sqrt((square[at] ?? 0) / (1 - 0.98 ** epoch)) + 1e-8)
      weights[at] = (weights[at] ?? 0) - rate * step
    }
  }
  return Object.fromEntries(signals.map((name, at) => [name, (weights[at] ?? 0) / (deviations[at] ?? 1)]))
}

function addGradient(gradient: Float64Array, { values, count, isGold, golds }: Matrix, weights: Float64Array): void {
  const size = weights.length
  const scores = new Float64Array(count)
  let most = Number.NEGATIVE_INFINITY
  for (let row = 0; row < count; row += 1) {
    let score = 0
    for (let at = 0; at < size; at += 1) score += (weights[at] ?? 0) * (values[row * size + at] ?? 0)
    scores[row] = score
    most = Math.max(most, score)
  }
  let others = 1e-12
  for (let row = 0; row < count; row += 1) {
    scores[row] = Math.exp((scores[row] ?? 0) - most)
    if (isGold[row] !== true) others += scores[row] ?? 0
  }
  let inverse = 0
  for (let row = 0; row < count; row += 1) if (isGold[row] === true) inverse += 1 / (others + (scores[row] ?? 0))
  for (let row = 0; row < count; row += 1) {
    const score = scores[row] ?? 0
    const share = (isGold[row] === true ? -others / (others + score) : score * inverse) / golds
    for (let at = 0; at < size; at += 1) gradient[at] = (gradient[at] ?? 0) + share * (values[row * size + at] ?? 0)
  }
}

function matrixOf({ candidates, isGold }: FitGroup, signals: readonly BenchSignal[], deviations: Float64Array): Matrix {
  const values = new Float64Array(candidates.length * signals.length)
  for (const [row, candidate] of candidates.entries())
    for (const [at, name] of signals.entries())
      values[row * signals.length + at] = (candidate.signals.get(name) ?? 0) / (deviations[at] ?? 1)
  return { values, count: candidates.length, isGold, golds: isGold.filter(Boolean).length }
}

function deviationsOf(groups: readonly FitGroup[], signals: readonly BenchSignal[]): Float64Array {
  const all = groups.flatMap(({ candidates }) => candidates)
  return Float64Array.from(signals, (name) => {
    let sum = 0
    let squares = 0
    for (const { signals } of all) {
      const value = signals.get(name) ?? 0
      sum += value
      squares += value * value
    }
    return Math.sqrt(Math.max(0, squares / all.length - (sum / all.length) ** 2)) || 1
  })
}
