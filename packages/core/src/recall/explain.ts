import type { Chunk } from '../spec/index.ts'
import type { ExplainedChunk, ExplainedSignal, Explanation, PathStep, WhyNot } from './explanation.ts'
import { type Reached, type Scored, type Step, signalsOfWay, type Way } from './hop.ts'
import { seedsOf } from './own-evidence.ts'
import type { RecallPlan } from './parse-options.ts'
import { type RankedPassages, scoreUnweighed } from './rank-passages.ts'
import { type Signals, signalAt, signalNames, type Weights } from './signals.ts'

/** Tells of each returned passage what its signals gave and how it was reached, and of each passage asked about why it is not among these. */
export function explain(ranked: RankedPassages, best: readonly Scored[], plan: RecallPlan): Explanation {
  const { asked } = ranked
  const { index } = asked.passages
  const ranks = new Map(ranked.ranked.map(({ number, score }, place) => [number, { score, rank: place + 1 }]))
  const seeds = seedsOf(asked.names)
  const explained = (number: number): ExplainedChunk => {
    const candidate = ranked.candidates.get(number)
    const place = ranks.get(number)
    const name = seeds.get(number)?.name.text
    return {
      chunkId: index.chunks[number]?.id ?? '',
      ...(place === undefined ? {} : { rank: place.rank }),
      score: place?.score ?? scoreUnweighed(ranked, number),
      signals: candidate === undefined ? [] : signalsOf(candidate.signals, weightsOf(number, ranked)),
      has: asked.terms.filter((_, term) => (asked.frequencies[term]?.[number] ?? 0) > 0).map(({ word }) => word),
      ...(name === undefined ? {} : { namedAs: name }),
      path: pathTo(number, ranked, seeds),
    }
  }
  const returned = new Set(best.map(({ number }) => number))
  return {
    weightsVersion: ranked.weights.version,
    terms: asked.terms.map(({ word, weight }) => ({ word, weight })),
    names: asked.names.map(({ text }) => text),
    chunks: best.map(({ number }) => explained(number)),
    whyNot: (plan.explain?.chunkIds ?? []).map((chunkId): WhyNot => {
      const number = index.chunkNumbers.get(chunkId) ?? -1
      const chunk = index.chunks[number]
      if (chunk === undefined || asked.passages.believed[number] !== 1) return { chunkId, reason: 'unknown' }
      if (!plan.passes(chunk)) return { chunkId, reason: 'filtered' }
      const told = explained(number)
      if (returned.has(number)) return { chunkId, reason: 'returned', explained: told }
      const short = (best.at(-1)?.score ?? 0) - told.score
      return { chunkId, reason: told.rank === undefined ? 'not-weighed' : 'outranked', short, explained: told }
    }),
  }
}

/** The passages whose sentences an explanation tells. */
export function chunksToRead(explanation: Explanation): readonly string[] {
  return stepsOf(explanation).map(({ fromChunkId }) => fromChunkId)
}

/** The explanation with the text of its sentences. */
export function withSentences(explanation: Explanation, texts: ReadonlyMap<string, Chunk>): Explanation {
  const told = (chunk: ExplainedChunk): ExplainedChunk => ({
    ...chunk,
    path: chunk.path.map((step) => ({ ...step, sentence: texts.get(step.fromChunkId)?.text.slice(step.start, step.end) ?? '' })),
  })
  return {
    ...explanation,
    chunks: explanation.chunks.map(told),
    whyNot: explanation.whyNot.map((why) => (why.explained === undefined ? why : { ...why, explained: told(why.explained) })),
  }
}

function stepsOf({ chunks, whyNot }: Explanation): readonly PathStep[] {
  return [...chunks, ...whyNot.flatMap(({ explained }) => explained ?? [])].flatMap(({ path }) => path)
}

function weightsOf(number: number, { asked, weights }: RankedPassages): Weights {
  return asked.passages.index.chunks[number]?.episode.kind === 'turn' ? weights.turns : weights.passages
}

function signalsOf(signals: Signals, weights: Weights): readonly ExplainedSignal[] {
  return signalNames
    .map((name, place) => {
      const value = signals[place] ?? 0
      const weight = weights[name] ?? 0
      return { name, value, weight, gave: value * weight }
    })
    .filter(({ value }) => value !== 0)
    .sort((a, b) => b.gave - a.gave)
}

/** At most two steps back, to a passage that the question names or that fits by itself. */
function pathTo(number: number, ranked: RankedPassages, seeds: ReadonlyMap<number, unknown>): readonly PathStep[] {
  const path: PathStep[] = []
  const seen = new Set([number])
  let to = number
  while (path.length < 2 && !seeds.has(to)) {
    const best = bestStep(ranked.candidates.get(to)?.reached, weightsOf(to, ranked))
    if (best === undefined || seen.has(best.step.from)) break
    path.unshift(stepOf(best.step, best.leadsTo, ranked))
    seen.add(best.step.from)
    to = best.step.from
  }
  return path
}

/** The step of the way that gave the passage most. */
function bestStep(
  reached: Reached | undefined,
  weights: Weights,
): { readonly step: Step; readonly leadsTo: PathStep['leadsTo'] } | undefined {
  let most = Number.NEGATIVE_INFINITY
  let best: { readonly step: Step; readonly leadsTo: PathStep['leadsTo'] } | undefined
  for (const [way, names] of Object.entries(signalsOfWay)) {
    const step = reached?.steps[way as Way]
    const gave = names.reduce((sum, name) => sum + (weights[name] ?? 0) * (reached?.signals[signalAt[name]] ?? 0), 0)
    if (step === undefined || gave <= most) continue
    most = gave
    best = { step, leadsTo: way === 'chain' || way === 'seedChain' ? 'about' : 'speaks' }
  }
  return best
}

function stepOf({ from, name }: Step, leadsTo: PathStep['leadsTo'], { asked }: RankedPassages): PathStep {
  const chunk = asked.passages.index.chunks[from]
  const { start, end } = chunk?.sentences[name.at.sentence] ?? { start: 0, end: 0 }
  return { fromChunkId: chunk?.id ?? '', start, end, sentence: '', name: asked.passages.name(name.at.name).text, leadsTo }
}
