import { GraphMem, type IngestResult, type ModelLimits } from '@graphmem/core'
import { localEmbedder } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { openaiChatWire, type Reply } from '@graphmem/testkit'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { answerWith, reasonerAt, startModelDouble } from './model-double.ts'
import { sentences } from './sentences.ts'

/** How a provider fails. */
interface Trouble {
  readonly name: string
  /** In place of an answer. */
  readonly reply: Reply
  /** With which reason a chunk then fails. */
  readonly code: string
  /** Requests that a chunk takes before it fails. */
  readonly requests: number
  readonly limits: ModelLimits
}

const halfAnswer = answerWith(JSON.stringify({ entities: [], facts: [] }))
const half = halfAnswer.pieces.map((piece) => piece.slice(0, piece.length / 2))
const once: ModelLimits = { retries: 0 }
const impatient: ModelLimits = { retries: 0, timeoutMs: 400 }

const troubles: readonly Trouble[] = [
  {
    name: 'a storm of 429, each request made 3 times',
    reply: { ...openaiChatWire.failure('limited', 'slower'), headers: { 'retry-after': '0' } },
    code: 'MODEL_LIMITED',
    requests: 3,
    limits: { retries: 2 },
  },
  { name: 'no answer comes', reply: 'silence', code: 'MODEL_TIMEOUT', requests: 1, limits: impatient },
  {
    name: 'a stall in the answer',
    reply: { ...halfAnswer, pieces: half, ending: 'stall' },
    code: 'MODEL_TIMEOUT',
    requests: 1,
    limits: impatient,
  },
  {
    name: 'a cut in the answer',
    reply: { ...halfAnswer, pieces: half, ending: 'cut' },
    code: 'MODEL_UNAVAILABLE',
    requests: 1,
    limits: once,
  },
  { name: 'no JSON from the provider', reply: { ...halfAnswer, pieces: half }, code: 'MODEL_UNAVAILABLE', requests: 1, limits: once },
  {
    name: 'no JSON from the model, asked twice',
    reply: answerWith('Sure! Ann works'),
    code: 'MODEL_ANSWER_INVALID',
    requests: 2,
    limits: once,
  },
  {
    name: 'an answer of another form, asked twice',
    reply: answerWith('{"facts": "none"}'),
    code: 'MODEL_ANSWER_INVALID',
    requests: 2,
    limits: once,
  },
]

/** What becomes of chunks while every third fails at the provider, and of a retry when it is well again. */
export async function troubleRows({ quick, note }: BenchOptions): Promise<readonly BenchRow[]> {
  const documents = sentences(quick ? 24 : 60)
  const rows: BenchRow[] = []
  for (const trouble of troubles) {
    note(trouble.name)
    rows.push(...(await rowsOf(trouble, documents)))
  }
  return rows
}

async function rowsOf(
  { name, reply, code, requests, limits }: Trouble,
  documents: ReturnType<typeof sentences>,
): Promise<readonly BenchRow[]> {
  const [good, bad] = [documents.filter((_, place) => place % 3 !== 0), documents.filter((_, place) => place % 3 === 0)]
  const failing = new Set(bad.map(({ text }) => text))
  await using double = await startModelDouble()
  double.before = (text) => (failing.has(text) ? reply : undefined)
  await using graphMem = new GraphMem({
    store: memoryStore(),
    reasoner: reasonerAt(double.url),
    embedder: localEmbedder(),
    modelLimits: limits,
  })
  const memory = graphMem.memory({ userId: 'ann', memoryId: 'models' })
  const first = await memory.ingest({ documents })
  const firstRequests = double.asked.length
  const codes = codesOf(first)
  double.before = () => undefined
  const second = await memory.ingest({ documents })
  const again = double.asked.slice(firstRequests)
  const isOfThese = again.length === bad.length && again.every((text) => failing.has(text))
  return [
    {
      measure: `${name}: chunks done, and failed as ${code}`,
      value: `${first.chunks}, ${codes.filter((each) => each === code).length}`,
      goal: `${good.length}, ${bad.length}`,
      holds: first.chunks === good.length && codes.length === bad.length && codes.every((each) => each === code),
    },
    {
      measure: `${name}: requests, and on the bill`,
      value: `${firstRequests}, ${first.usage.calls}`,
      goal: `${good.length + requests * bad.length}, the same`,
      holds: firstRequests === good.length + requests * bad.length && first.usage.calls === firstRequests,
    },
    {
      measure: `${name}: requests of the same ingest once it is well, and chunks done in all`,
      value: `${again.length}, ${first.chunks + second.chunks}`,
      goal: `those ${bad.length}, ${documents.length}`,
      holds: isOfThese && first.chunks + second.chunks === documents.length && second.failed === 0,
    },
  ]
}

function codesOf({ episodes }: IngestResult): readonly string[] {
  return episodes.flatMap(({ failures }) => failures.map(({ code }) => code))
}
