import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentInput, GraphStore, Memory, TurnInput } from '@graphmem/core'
import { userId } from '@graphmem/core/spec'
import fc from 'fast-check'
import { expect } from 'vitest'
import { settingOf, stores } from './on-every-store.ts'

const names = ['Marta Lind', 'Paul Osei', 'Uppsala', 'Silver Harbour', 'Grey Whale Press', 'The Who']
const title = fc.constantFrom(...names, 'Silver Harbour (film)', 'Uppsala, Sweden')
const sentence = fc
  .tuple(
    fc.constantFrom(...names),
    fc.constantFrom('was written by', 'was born in', 'likes', 'moved to', 'is not far from'),
    fc.constantFrom(...names),
  )
  .map(([subject, verb, object]) => `${subject} ${verb} ${object}.`)
const text = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((sentences) => sentences.join(' '))
const piece = fc.oneof(
  fc.record({ kind: fc.constant('document' as const), title, text }),
  fc.record({ kind: fc.constant('untitled' as const), text }),
  fc.record({ kind: fc.constant('turn' as const), name: fc.constantFrom('Ann', 'Ben'), text, session: fc.constantFrom('one', 'two') }),
)
type Piece = typeof piece extends fc.Arbitrary<infer T> ? T : never
const corpus = fc.array(piece, { minLength: 3, maxLength: 14 })

const questions = [
  'Who wrote Silver Harbour?',
  'Where was the writer of Silver Harbour born?',
  'What does Ann like in Uppsala?',
  'Who moved to the town where Marta Lind was born?',
  'Who likes The Who?',
]

/** How a memory is fed: in which order, how many at a time, and whether others say the same beside it, more often. */
const feeding = fc.record({ order: fc.infiniteStream(fc.nat(1_000)), batch: fc.integer({ min: 1, max: 5 }), beside: fc.boolean() })

interface Placed {
  readonly piece: Piece
  readonly place: number
}

const at = (place: number) => new Date(Date.UTC(2024, 0, 1 + place))

async function feed(memory: Memory, pieces: readonly Placed[], batch: number): Promise<void> {
  for (let from = 0; from < pieces.length; from += batch) {
    const some = pieces.slice(from, from + batch)
    const documents = some.flatMap(asDocument)
    const turns = some.flatMap(asTurn)
    if (documents.length > 0) await memory.ingest({ documents })
    if (turns.length > 0) await memory.ingest({ turns })
  }
}

function asDocument({ piece, place }: Placed): readonly DocumentInput[] {
  if (piece.kind === 'turn') return []
  return [{ id: `${place}`, text: piece.text, at: at(place), ...(piece.kind === 'document' ? { title: piece.title } : {}) }]
}

function asTurn({ piece, place }: Placed): readonly TurnInput[] {
  if (piece.kind !== 'turn') return []
  const { name, text: content, session } = piece
  return [{ id: `${place}`, name, content, session, sequence: place, at: at(place) }]
}

async function rankings(memory: Memory): Promise<string> {
  const told: unknown[] = []
  for (const question of questions) {
    const { chunks, facts, entities, context, explanation } = await memory.recall(question, { explain: true, limit: 20, at: at(100) })
    told.push({ chunks, facts, entities, context, explanation })
  }
  return JSON.stringify(told)
}

/**
 * Feeds the same to stores in any order and batches, alone or beside a neighbour, and compares what they rank with what the store in memory
 * does, fed in order and at once.
 */
export async function checkSameRanking(opens: readonly ((folder: string) => GraphStore)[], numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(corpus, feeding, async (pieces, { order, batch, beside }) => {
      const inOrder = pieces.map((piece, place) => ({ piece, place }))
      const shuffled = inOrder
        .map((each) => ({ each, key: order.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ each }) => each)
      const expected = settingOf(stores['memory store']?.('') as GraphStore).memory()
      await feed(expected, inOrder, 100)
      const wanted = await rankings(expected)
      for (const open of opens) {
        const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
        const store = open(folder)
        try {
          const setting = settingOf(store)
          if (beside) for (const copy of [0, 1, 2]) await feed(setting.memory({ userId: 'bob', memoryId: `chat${copy}` }), inOrder, 100)
          await feed(setting.memory(), shuffled, batch)
          // Read by a process that has read none of it.
          expect(await rankings(setting.another().memory())).toBe(wanted)
        } finally {
          // One server may be behind all of them.
          for (const id of ['alice', 'bob']) await store.user(userId(id)).erase()
          await store[Symbol.asyncDispose]()
          rmSync(folder, { recursive: true, force: true })
        }
      }
    }),
    { numRuns },
  )
}
