import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { GraphMem, type QueryResult } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { type CorpusTurn, type DatasetQuery, datasetsFolder, hasDataset, readLines } from '../datasets.ts'
import { atLeast, skipped } from '../gate.ts'
import { lastSaid } from '../last-said.ts'
import { randomNumbers, shuffled } from '../random.ts'
import { conversationCorpora, type RecallCorpus } from '../recall/recall-corpus.ts'
import { contentStems, nearMisses } from './near-misses.ts'

/** Draws the foreign questions and makes the near misses. */
const seed = 20231
/** Of each other conversation, for each memory: 1,200 in all. */
const foreignQuestions = 60
const maxWords = 25
const thresholds = [0.3, 0.5, 0.7, 0.9]

interface Asked {
  readonly group: string
  readonly confidence: number
  /** Whether the answer, of at most 25 words, holds a content word of the true one. */
  readonly isOnPoint: boolean
}

/**
 * What is answered and what is refused on LoCoMo: a memory's own questions, those of every other conversation, and near misses, which differ
 * from its own by one name or one relation of the same memory. All memories are asked without a language model.
 */
export async function abstentionBench(options?: BenchOptions): Promise<readonly BenchRow[]> {
  if (!hasDataset('locomo')) return [skipped('locomo abstention', 'the dataset is not there')]
  const corpora = await conversationCorpora()
  const queries = await readLines<DatasetQuery>('locomo', 'queries')
  const turns = await readLines<CorpusTurn>('locomo', 'corpus')
  const facts = await readFacts()
  const random = randomNumbers(seed)
  const asked: Asked[] = []
  for (const corpus of corpora) {
    const own = queries.filter((query) => query.conversation === corpus.name)
    const near = nearMisses(
      {
        speakers: [...new Set(turns.filter((turn) => turn.conversation === corpus.name).map((turn) => turn.speaker))],
        queries: own,
        facts: facts.filter((fact) => fact.conversation === corpus.name).map((fact) => fact.fact),
      },
      random,
    )
    const foreign = corpora
      .filter((other) => other !== corpus)
      .flatMap((other) =>
        shuffled(
          queries.filter((query) => query.conversation === other.name),
          random,
        ).slice(0, foreignQuestions),
      )
    options?.note(`${corpus.name}: ${own.length} own, ${foreign.length} foreign, ${near.length} near misses`)
    asked.push(
      ...(await askAll(corpus, [
        ...own.map(({ question, type, answer }) => ({ question, group: `own ${type}`, answer })),
        ...foreign.map(({ question }) => ({ question, group: 'foreign', answer: undefined })),
        ...near.map(({ question, swapped }) => ({ question, group: `near miss, ${swapped}`, answer: undefined })),
      ])),
    )
  }
  return rowsOf(asked)
}

async function readFacts(): Promise<readonly { readonly conversation: string; readonly fact: string }[]> {
  const text = await readFile(resolve(datasetsFolder(), 'locomo', 'facts-gpt-3.5.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly conversation: string; readonly fact: string })
}

interface ToAsk {
  readonly question: string
  readonly group: string
  readonly answer: string | number | undefined
}

async function askAll(corpus: RecallCorpus, questions: readonly ToAsk[]): Promise<readonly Asked[]> {
  await using store = memoryStore()
  await using graphMem = new GraphMem({ store, reasoner: localReasoner(), embedder: localEmbedder() })
  const memory = graphMem.memory({ userId: 'bench', memoryId: corpus.name })
  await memory.ingest(corpus.input)
  const at = await lastSaid(memory)
  const asked: Asked[] = []
  for (const { question, group, answer } of questions) {
    // Without a least confidence: the table asks what other thresholds would do.
    const result = await memory.query(question, { at, minConfidence: 0 })
    asked.push({ group, confidence: result.confidence, isOnPoint: answer !== undefined && isOnPoint(result, String(answer)) })
  }
  return asked
}

function isOnPoint(result: QueryResult, answer: string): boolean {
  if (!result.found || result.answer.split(/\s+/).length > maxWords) return false
  const said = contentStems(result.answer)
  return contentStems(answer).some((stem) => said.includes(stem))
}

function rowsOf(asked: readonly Asked[]): readonly BenchRow[] {
  const of = (start: string, except?: string): readonly Asked[] => asked.filter(({ group }) => group.startsWith(start) && group !== except)
  const adversarial = 'own adversarial'
  const own = of('own ', adversarial)
  const near = of('near miss')
  const groups: readonly [string, readonly Asked[]][] = [
    ['own', own],
    ...['single-hop', 'multi-hop', 'temporal', 'open-domain'].map(
      (type) => [`own ${type}`, of(`own ${type}`)] as [string, readonly Asked[]],
    ),
    [adversarial, of(adversarial)],
    ['foreign', of('foreign')],
    ['near miss', near],
    ['near miss, name', of('near miss, name')],
    ['near miss, relation', of('near miss, relation')],
  ]
  return [
    atLeast('foreign: abstains, %', 100 - answeredShare(of('foreign')), 95),
    atLeast('near miss: abstains, %', 100 - answeredShare(near), 60),
    atLeast('own, non-adversarial: answers, %', answeredShare(own), 80),
    ...groups.map(([group, all]) => ({ measure: `${group} (${all.length}): answered, % (of them on point, %)`, value: risks(group, all) })),
  ]
}

function answeredShare(asked: readonly Asked[], threshold = 0.5): number {
  return (100 * asked.filter(({ confidence }) => confidence >= threshold).length) / Math.max(1, asked.length)
}

/** Coverage and risk at some thresholds of confidence; the product's own is 0.5. */
function risks(group: string, asked: readonly Asked[]): string {
  return thresholds
    .map((threshold) => {
      const answered = asked.filter(({ confidence }) => confidence >= threshold)
      const onPoint = (100 * answered.filter((each) => each.isOnPoint).length) / Math.max(1, answered.length)
      const judged = group.startsWith('own') && group !== 'own adversarial' ? ` (${onPoint.toFixed(0)})` : ''
      return `≥ ${threshold}: ${answeredShare(asked, threshold).toFixed(0)}${judged}`
    })
    .join(' · ')
}
