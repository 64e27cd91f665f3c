import type { LoadedChunk } from '../index-segments/recall-index.ts'
import type { MemoryView } from '../view/memory-view.ts'
import type { QuestionTitle, RecallQuestion } from './recall-question.ts'

/** A passage with its score: 0 and up, comparable within one question. */
export interface ScoredPassage {
  readonly chunk: number
  readonly score: number
}

// Okapi BM25 with the parameters of Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009).
const k1 = 1.2
const b = 0.75
/** The weight of the cosine beside BM25, both as shares of the best: a weak second signal is added to a strong one, never fused by rank. */
const cosineWeight = 0.5
/** What a turn gains from the turn before it and from the one after: an answer often carries none of its question's words. */
const previousWeight = 0.4
const nextWeight = 0.3

/**
 * Scores the believed passages for a question:
 * `bm25 / best + ½ cosine / best + named`, and for a turn `.4` of the turn before and `.3` of the one after.
 *
 * `named` is 1 for a passage whose title the question names, ½ for another name of its, over the number of passages of that name. All statistics
 * are of this memory as it is believed, and of nothing else. Costs the postings of the question's terms and one cosine a passage.
 *
 * @returns passages with a score above 0, best first; equal scores in the order of ids.
 */
export function scorePassages(
  question: RecallQuestion,
  vector: Float32Array,
  view: MemoryView,
  passes: (chunk: LoadedChunk) => boolean,
): readonly ScoredPassage[] {
  const { chunks } = view.index
  const believed = Uint8Array.from(chunks, (_, number) => (view.belief.chunk(number) ? 1 : 0))
  const own = sum(
    [asShares(bm25(question, view, believed)), 1],
    [asShares(cosines(vector, chunks, believed)), cosineWeight],
    [titleScores(question.titles, view, believed), 1],
  )
  const scores = withNeighbours(own, view, believed)
  const scored: ScoredPassage[] = []
  for (const [number, chunk] of chunks.entries()) {
    const score = scores[number] ?? 0
    if (believed[number] === 1 && score > 0 && passes(chunk)) scored.push({ chunk: number, score })
  }
  return scored.sort(
    (first, second) => second.score - first.score || ((chunks[first.chunk]?.id ?? '') < (chunks[second.chunk]?.id ?? '') ? -1 : 1),
  )
}

function bm25(question: RecallQuestion, view: MemoryView, believed: Uint8Array): Float64Array {
  const { chunks, postings } = view.index
  const scores = new Float64Array(chunks.length)
  let count = 0
  let length = 0
  for (const [number, chunk] of chunks.entries()) {
    if (believed[number] !== 1) continue
    count += 1
    length += chunk.length
  }
  const average = length / count
  for (const { stem } of question.terms) {
    const posting = stem === undefined ? undefined : postings[stem]
    if (posting === undefined) continue
    const documentFrequency = posting.chunks.reduce((total, number) => total + (believed[number] ?? 0), 0)
    const idf = Math.log(1 + (count - documentFrequency + 0.5) / (documentFrequency + 0.5))
    for (const [place, number] of posting.chunks.entries()) {
      if (believed[number] !== 1) continue
      const frequency = posting.frequencies[place] ?? 0
      const norm = k1 * (1 - b + (b * (chunks[number]?.length ?? 0)) / average)
      scores[number] = (scores[number] ?? 0) + (idf * frequency * (k1 + 1)) / (frequency + norm)
    }
  }
  return scores
}

function cosines(vector: Float32Array, chunks: readonly LoadedChunk[], believed: Uint8Array): Float64Array {
  const scores = new Float64Array(chunks.length)
  for (const [number, chunk] of chunks.entries()) {
    if (believed[number] !== 1) continue
    let dot = 0
    for (let place = 0; place < vector.length; place += 1) dot += (vector[place] ?? 0) * (chunk.vector[place] ?? 0)
    scores[number] = Math.max(0, dot * chunk.scale)
  }
  return scores
}

function titleScores(titles: readonly QuestionTitle[], view: MemoryView, believed: Uint8Array): Float64Array {
  const scores = new Float64Array(view.index.chunks.length)
  for (const { key } of titles) {
    const about = (view.index.about.get(key) ?? []).filter(({ chunk }) => believed[chunk] === 1)
    for (const { chunk, kind } of about) scores[chunk] = Math.max(scores[chunk] ?? 0, (kind >= 2 ? 1 : 0.5) / about.length)
  }
  return scores
}

function withNeighbours(own: Float64Array, view: MemoryView, believed: Uint8Array): Float64Array {
  const scores = own.slice()
  for (const session of view.index.turnsOfSession.keys()) {
    const inOrder = view.index.turnsInOrder(session).filter((number) => believed[number] === 1)
    for (const [place, number] of inOrder.entries()) {
      const previous = own[inOrder[place - 1] ?? -1] ?? 0
      const next = own[inOrder[place + 1] ?? -1] ?? 0
      scores[number] = (scores[number] ?? 0) + previousWeight * previous + nextWeight * next
    }
  }
  return scores
}

function asShares(scores: Float64Array): Float64Array {
  const best = scores.reduce((most, score) => Math.max(most, score), 0)
  return best === 0 ? scores : scores.map((score) => score / best)
}

function sum(...parts: readonly (readonly [Float64Array, number])[]): Float64Array {
  const total = new Float64Array(parts[0]?.[0].length ?? 0)
  for (const [scores, weight] of parts)
    for (let place = 0; place < total.length; place += 1) total[place] = (total[place] ?? 0) + weight * (scores[place] ?? 0)
  return total
}
