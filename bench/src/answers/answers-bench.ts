import { GraphMem, type Memory, type RecallWeights } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { type DatasetQuery, hasDataset, readLines } from '../datasets.ts'
import { skipped } from '../gate.ts'
import { lastSaid } from '../last-said.ts'
import { mean } from '../quantile.ts'
import { halfOf } from '../recall/halves.ts'
import { conversationCorpora, passageCorpus, type RecallCorpus } from '../recall/recall-corpus.ts'
import { type AnswerScore, scoreAnswer } from './score-answer.ts'

const datasets = ['2wiki-dev', 'hotpot-dev', 'musique-dev', 'locomo']
const maxWords = 25
/** The library's own least confidence. */
const minConfidence = 0.5

/** What answers are compared with: the same answerer over passages ranked by text and vectors alone. */
const textAndVectors: RecallWeights = { version: 0, passages: { bm25: 1, cosine: 0.5 }, turns: { bm25: 1, cosine: 0.5 }, cover: 0 }

/** One question and what came of it, whatever the confidence. */
export interface ScoredAnswer extends AnswerScore {
  readonly question: string
  readonly type: string
  /** 0 when nothing was answered. */
  readonly words: number
  readonly confidence: number
  readonly durationMs: number
}

/** How near the answers of `query()` come to the true ones. LoCoMo's adversarial questions, which have no true answer, are left out. */
export async function answersBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const dataset of datasets) {
    if (!hasDataset(dataset)) {
      rows.push(skipped(`${dataset} exact match; token F1`, 'the dataset is not there'))
      continue
    }
    const queries = (await readLines<DatasetQuery>(dataset, 'queries')).filter(({ type }) => type !== 'adversarial')
    const corpora = dataset === 'locomo' ? await conversationCorpora() : [await passageCorpus(dataset)]
    const before: ScoredAnswer[] = []
    const after: ScoredAnswer[] = []
    const foreign: ScoredAnswer[] = []
    const others = dataset === 'locomo' ? [] : await queriesOf(datasets.filter((other) => other !== dataset && other !== 'locomo'))
    for (const corpus of corpora) {
      const own = dataset === 'locomo' ? queries.filter(({ conversation }) => conversation === corpus.name) : queries
      options.note(`${corpus.name}, ${own.length} questions`)
      const both = await askBoth(corpus, own, others)
      before.push(...both.before)
      after.push(...both.after)
      foreign.push(...both.foreign)
    }
    rows.push(...gainRows(dataset, before, after), ...rowsOf(dataset, after))
    if (dataset !== 'locomo') rows.push(...halfRows(dataset, after), foreignRow(dataset, foreign))
  }
  return rows
}

async function queriesOf(names: readonly string[]): Promise<readonly DatasetQuery[]> {
  const there = await Promise.all(names.filter(hasDataset).map((name) => readLines<DatasetQuery>(name, 'queries')))
  return there.flat()
}

interface Scored {
  readonly before: readonly ScoredAnswer[]
  readonly after: readonly ScoredAnswer[]
  /** Questions that the corpus was not made for. */
  readonly foreign: readonly ScoredAnswer[]
}

async function askBoth(corpus: RecallCorpus, queries: readonly DatasetQuery[], others: readonly DatasetQuery[]): Promise<Scored> {
  await using store = memoryStore()
  const parts = { store, reasoner: localReasoner(), embedder: localEmbedder() }
  await using whole = new GraphMem(parts)
  await using plain = new GraphMem({ ...parts, weights: textAndVectors })
  const scope = { userId: 'bench', memoryId: corpus.name }
  await whole.memory(scope).ingest(corpus.input)
  return {
    before: await askAll(plain.memory(scope), queries),
    after: await askAll(whole.memory(scope), queries),
    foreign: await askAll(whole.memory(scope), others),
  }
}

async function askAll(memory: Memory, queries: readonly DatasetQuery[]): Promise<readonly ScoredAnswer[]> {
  const at = queries.some(({ conversation }) => conversation !== undefined) ? { at: await lastSaid(memory) } : {}
  const scored: ScoredAnswer[] = []
  for (const { question, answer, type } of queries) {
    const start = performance.now()
    // Without a least confidence: what would be refused is scored as well, apart.
    const result = await memory.query(question, { ...at, minConfidence: 0 })
    const durationMs = performance.now() - start
    const words = result.found ? result.answer.trim().split(/\s+/).length : 0
    // An answer that is too long is none.
    const isShort = result.found && words <= maxWords
    const score = scoreAnswer(isShort ? result.answer : undefined, String(answer))
    scored.push({ question, type, durationMs, words, confidence: result.confidence, ...score })
  }
  return scored
}

/** What the answers gain by recall. */
function gainRows(dataset: string, before: readonly ScoredAnswer[], after: readonly ScoredAnswer[]): readonly BenchRow[] {
  return [
    { measure: `${dataset}, ranked by text and vectors alone: exact match; token F1; answered, %`, value: summary(confident(before)) },
    { measure: `${dataset}, ranked by all of recall: exact match; token F1; answered, %`, value: summary(confident(after)) },
  ]
}

function foreignRow(dataset: string, asked: readonly ScoredAnswer[]): BenchRow {
  const refused = 100 - percent(confident(asked), isAnswered)
  return { measure: `${dataset} asked the questions of the other sets of passages (${asked.length}): refused, %`, value: refused }
}

/** The half that the answerer was tuned on, and the other. */
function halfRows(dataset: string, asked: readonly ScoredAnswer[]): readonly BenchRow[] {
  return (['tuning', 'held back'] as const).map((half) => {
    const own = confident(asked.filter(({ question }) => halfOf(question) === half))
    return { measure: `${dataset} half ${half} (${own.length}): exact match; token F1; answered, %`, value: summary(own) }
  })
}

/** Where the confidence is too low nothing is answered, which scores nothing. */
function confident(asked: readonly ScoredAnswer[]): readonly ScoredAnswer[] {
  return asked.map((each) => (each.confidence >= minConfidence ? each : { ...each, words: 0, exactMatch: 0, f1: 0 }))
}

export function rowsOf(dataset: string, asked: readonly ScoredAnswer[]): readonly BenchRow[] {
  const scored = confident(asked)
  const answered = scored.filter(({ words }) => words > 0)
  const types = [...new Set(scored.map(({ type }) => type))].sort()
  return [
    { measure: `${dataset} exact match, %`, value: percent(scored, exactMatch) },
    { measure: `${dataset} token F1, %`, value: percent(scored, f1) },
    { measure: `${dataset} answered, %`, value: percent(scored, isAnswered) },
    { measure: `${dataset} token F1 of what was answered, %`, value: percent(answered, f1) },
    { measure: `${dataset} mean words of an answer`, value: mean(answered.map(({ words }) => words)) },
    {
      measure: `${dataset} answers over ${maxWords} words, which score nothing`,
      value: answered.filter(({ words }) => words > maxWords).length,
    },
    { measure: `${dataset} milliseconds a question`, value: mean(scored.map(({ durationMs }) => durationMs)) },
    { measure: `${dataset} (${asked.length}), at any confidence: exact match; token F1; answered, %`, value: summary(asked) },
    ...types.map((type) => {
      const own = scored.filter((each) => each.type === type)
      return { measure: `${dataset} ${type} (${own.length}): exact match; token F1; answered, %`, value: summary(own) }
    }),
  ]
}

function summary(scored: readonly ScoredAnswer[]): string {
  return [exactMatch, f1, isAnswered].map((figure) => percent(scored, figure).toFixed(1)).join('; ')
}

const exactMatch = (each: ScoredAnswer): number => each.exactMatch
const f1 = (each: ScoredAnswer): number => each.f1
const isAnswered = ({ words }: ScoredAnswer): number => (words > 0 ? 1 : 0)

function percent(scored: readonly ScoredAnswer[], figure: (each: ScoredAnswer) => number): number {
  return 100 * mean(scored.map(figure))
}
