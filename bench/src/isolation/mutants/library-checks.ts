import { memoryCache } from '@graphmem/cache-memory'
import {
  type Cache,
  GraphMem,
  type GraphMemOptions,
  type Memory,
  type MemoryOptions,
  type QueryOptions,
  type Reasoner,
  recallWeights,
} from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { answerOf } from '../memory-tenant.ts'
import type { SourceCheck } from './source-checks.ts'

const embedder = localEmbedder()
const reasoner = localReasoner()
const question = 'Where does Bob work?'
const day = 86_400_000

interface Variation {
  readonly name: string
  readonly question?: string
  readonly options?: QueryOptions
  readonly self?: MemoryOptions['self']
  readonly parts?: Partial<GraphMemOptions>
  /** Done to the memory between the two questions, through a GraphMem whose cache cannot be reached. */
  readonly between?: (memory: Memory) => Promise<unknown>
}

const otherReasoner: Reasoner = { ...reasoner, id: 'another', extract: reasoner.extract.bind(reasoner), answer: async () => undefined }

/** Each changes one thing on which an answer depends. */
const variations: readonly Variation[] = [
  { name: 'the incarnation', between: (memory) => memory.erase().then(() => tell(memory, 'Zelda')) },
  { name: 'the version', between: (memory) => memory.ingest({ id: 'more', text: 'Zelda works at Google.', at: '2024-02-01' }) },
  { name: 'the question', question: 'Where does Carol live?' },
  { name: 'the limit', options: { limit: 1 } },
  { name: 'the budget of the context', options: { maxContextTokens: 10 } },
  { name: 'the least confidence', options: { minConfidence: 1 } },
  { name: 'history', options: { history: true } },
  { name: 'explain', options: { explain: true } },
  { name: 'the filter', options: { where: { tags: ['nobody has this'] } } },
  { name: 'the moment of the question', options: { at: '1999-01-01' } },
  { name: 'asOf', options: { asOf: '1999-01-01' } },
  { name: 'knownAt', options: { knownAt: '1999-01-01' } },
  { name: 'the user’s name', question: 'Where do I work?', self: { name: 'Carol' } },
  { name: 'the weights', parts: { weights: halfWeights() } },
  { name: 'the reasoner', parts: { reasoner: otherReasoner } },
]

/** An answer that was kept is not given where one thing is otherwise: it is computed as if there were no cache. */
export const checkResultKeys: SourceCheck = {
  name: 'every part of the key of a result',
  async run() {
    for (const { name, parts, between, self, ...asked } of variations) {
      const base = { question: asked.question && self === undefined ? question : (asked.question ?? question), options: {} as QueryOptions }
      const varied = { question: asked.question ?? question, options: asked.options ?? {} }
      const [store, cache] = [memoryStore(), memoryCache()]
      const clock = () => Date.UTC(2024, 5, 1)
      const open = (kept: Cache | undefined, more: Partial<GraphMemOptions> = {}, as: MemoryOptions['self'] = { name: 'Alice' }) =>
        new GraphMem({ store, reasoner, embedder, clock, ...more, ...(kept && { cache: kept, cacheTimeoutMs: 60_000 }) }).memory({
          userId: 'alice',
          memoryId: 'chat',
          self: as,
        })
      await tell(open(undefined), 'Bob')
      for (const ask of ['recall', 'query'] as const) {
        await open(cache)[ask](base.question, base.options)
        if (between !== undefined && ask === 'recall') await between(open(undefined))
        const told = await answerOf(() => open(cache, parts, self)[ask](varied.question, varied.options))
        const expected = await answerOf(() => open(undefined, parts, self)[ask](varied.question, varied.options))
        if (told !== expected) throw new Error(`${ask} from the cache, without ${name}`)
      }
    }
  },
}

async function tell(memory: Memory, name: string): Promise<void> {
  for (const [number, text] of [
    `${name} works at Google. ${name} lives in Paris.`,
    `Carol works at Google. Carol lived in Rome until 2020.`,
    `Carol lives in Berlin since 2020. ${name} likes Carol.`,
  ].entries()) {
    await memory.ingest({ id: `${number}`, text, at: new Date(Date.UTC(2024, 0, 1) + number * day) })
  }
}

function halfWeights(): typeof recallWeights {
  return JSON.parse(JSON.stringify(recallWeights), (_key, value: unknown) =>
    typeof value === 'number' ? value / 2 : value,
  ) as typeof recallWeights
}

/** A write of one memory waits for none of another's, of whatever user. */
export const checkWritesSideBySide: SourceCheck = {
  name: 'writes of two memories, one of which is stuck',
  async run() {
    for (const other of [
      { userId: 'alice', memoryId: 'notes' },
      { userId: 'bob', memoryId: 'chat' },
    ]) {
      const { promise: stuck, resolve: go } = Promise.withResolvers<void>()
      const store = memoryStore()
      const slow: typeof store = {
        ...store,
        open(of) {
          const graph = store.open(of)
          if (of.userId !== 'alice' || of.memoryId !== 'chat') return graph
          return { ...graph, apply: (...given) => stuck.then(() => graph.apply(...given)) }
        },
        [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
      }
      const graphMem = new GraphMem({ store: slow, reasoner, embedder })
      const first = graphMem.memory({ userId: 'alice', memoryId: 'chat' }).ingest('Bob works at Google.')
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      const second = graphMem.memory(other).ingest('Carol works at Google.')
      const won = await Promise.race([second.then(() => true), new Promise((resolve) => setTimeout(resolve, 2_000, false))])
      go()
      await Promise.all([first, second])
      if (won !== true) throw new Error('a write waits for another tenant’s')
    }
  },
}

/** Two who ask the same, at the same time or by turns, of memories of the same version, are each told their own. Nothing is erased in it. */
export const checkSameQuestions: SourceCheck = {
  name: 'the same question of two memories',
  async run() {
    const [store, cache] = [memoryStore(), memoryCache()]
    const clock = () => Date.UTC(2024, 5, 1)
    const graphMem = new GraphMem({ store, reasoner, embedder, clock, cache, cacheTimeoutMs: 60_000 })
    const memories = ['alice', 'bob'].map((userId) => graphMem.memory({ userId, memoryId: 'chat', self: { name: 'Alice' } }))
    for (const [number, memory] of memories.entries()) await tell(memory, ['Bob', 'Zelda'][number] ?? '')
    const told = await Promise.all(memories.map((memory) => memory.recall(question)))
    for (const memory of memories) told.push(await memory.recall(question, { limit: 5 }))
    for (const [number, { context }] of told.entries()) {
      if (!context.includes(['Bob', 'Zelda'][number % 2] ?? '')) throw new Error("somebody else's answer")
    }
  },
}
