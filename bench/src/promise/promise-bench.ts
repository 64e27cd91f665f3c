import { readFile } from 'node:fs/promises'
import { GraphMem, type QueryResult } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'

/** Somebody who says things about themselves, and is asked about them. */
interface Person {
  readonly userId: string
  readonly self: { readonly name: string; readonly aliases: readonly string[] }
  readonly statements: readonly { readonly at: string; readonly text: string }[]
  /** No accepted answer: the memory does not hold one. */
  readonly questions: readonly { readonly question: string; readonly asked: string; readonly answers: readonly string[] }[]
}

interface Judged {
  readonly userId: string
  readonly question: string
  readonly answers: readonly string[]
  readonly said: string
  readonly isRight: boolean
}

const maxWords = 25
/** Rounds of goals: the rules were written with the one half in sight; the other was never looked at. */
const goals = { seen: 95, unseen: 80 } as const

/**
 * What twenty people said of their lives, each asked in a memory of their own: the share answered right, and the share of what nobody told that
 * is refused in the exact words. Of the half that was kept unseen while the rules were written only the shares are reported, never a question.
 */
export async function promiseBench(options?: BenchOptions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const half of ['seen', 'unseen'] as const) {
    options?.note(`the ${half} half`)
    const judged = await judgeAll(await readPeople(half))
    const answerable = judged.filter(({ answers }) => answers.length > 0)
    const unanswerable = judged.filter(({ answers }) => answers.length === 0)
    rows.push(share(`${half}: answered right, %`, answerable, goals[half]), share(`${half}: abstained right, %`, unanswerable, goals[half]))
    rows.push({ measure: `${half}: questions`, value: `${answerable.length} answerable, ${unanswerable.length} not` })
    if (half === 'unseen') continue
    for (const { userId, question, answers, said } of judged.filter(({ isRight }) => !isRight)) {
      rows.push({ measure: `seen failure: ${userId}, ${question}`, value: `${said} (expected: ${answers[0] ?? 'nothing'})` })
    }
  }
  return rows
}

async function readPeople(half: 'seen' | 'unseen'): Promise<readonly Person[]> {
  return JSON.parse(await readFile(new URL(`../../data/promise/${half}.json`, import.meta.url), 'utf8')) as readonly Person[]
}

async function judgeAll(people: readonly Person[]): Promise<readonly Judged[]> {
  await using store = memoryStore()
  await using graphMem = new GraphMem({ store, reasoner: localReasoner(), embedder: localEmbedder() })
  const judged: Judged[] = []
  for (const person of people) {
    const memory = graphMem.memory({ userId: person.userId, memoryId: 'promise', self: person.self })
    for (const { at, text } of person.statements) await memory.ingest({ text, at })
    for (const { question, asked, answers } of person.questions) {
      const result = await memory.query(question, { at: asked })
      const isRight = answers.length > 0 ? answersOne(result, answers) : refuses(result)
      judged.push({ userId: person.userId, question, answers, said: result.answer, isRight })
    }
  }
  return judged
}

function answersOne(result: QueryResult, answers: readonly string[]): boolean {
  const said = plain(result.answer)
  return result.found && result.answer.split(/\s+/).length <= maxWords && answers.some((answer) => said.includes(plain(answer)))
}

function refuses(result: QueryResult): boolean {
  return result.answer === 'No information found' && !result.found && result.confidence === 0 && result.citations.length === 0
}

/** Lower case, without articles. */
function plain(text: string): string {
  return ` ${text.toLowerCase()} `
    .replace(/\b(?:a|an|the)\s+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function share(measure: string, judged: readonly Judged[], goal: number): BenchRow {
  const value = (100 * judged.filter(({ isRight }) => isRight).length) / Math.max(1, judged.length)
  return { measure, value: value.toFixed(1), goal: `≥ ${goal}`, holds: value >= goal }
}
