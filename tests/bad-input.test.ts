import { type Embedder, GraphMem, type GraphMemOptions, type Memory, recallWeights } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { describe, expect, it } from 'vitest'
import { embedder, onEveryStore } from './on-every-store.ts'
import { everythingOf, rejection } from './rejection.ts'
import { scriptedReasoner } from './scripted-reasoner.ts'

const sentinel = 'xyzzy'
const aborting = { throwIfAborted: 1 }

/** What is wrong, the call that gives it, and the field that the error names. */
const bad: readonly (readonly [string, (memory: Memory) => Promise<unknown>, string])[] = [
  ['an empty text', (memory) => memory.ingest(''), 'input'],
  ['a blank text', (memory) => memory.ingest(' \n\t '), 'input'],
  ['a NUL character', (memory) => memory.ingest(`${sentinel}\0`), 'input'],
  ['half a surrogate pair', (memory) => memory.ingest(`${sentinel}\ud800`), 'input'],
  ['a text of 5 MB', (memory) => memory.ingest(`${sentinel} `.repeat(840_000)), 'input'],
  ['no input', (memory) => memory.ingest(undefined as never), 'input'],
  ['null', (memory) => memory.ingest(null as never), 'input'],
  ['a number', (memory) => memory.ingest(7 as never), 'input'],
  ['a list', (memory) => memory.ingest([{ text: sentinel }] as never), 'input'],
  ['bytes', (memory) => memory.ingest({ text: new TextEncoder().encode(sentinel) as never }), 'text'],
  ['an object without a text', (memory) => memory.ingest({ id: sentinel } as never), 'text'],
  ['an unknown key of an input', (memory) => memory.ingest({ text: sentinel, tag: 'x' } as never), 'input'],
  ['no turns', (memory) => memory.ingest({ turns: [] }), 'turns'],
  ['a turn without content', (memory) => memory.ingest({ turns: [{ content: 'x' }, {} as never] }), 'turns.1.content'],
  ['a blank turn', (memory) => memory.ingest({ turns: [{ content: ' ' }] }), 'turns.0.content'],
  ['an unknown role', (memory) => memory.ingest({ turns: [{ content: sentinel, role: sentinel as never }] }), 'turns.0.role'],
  ['a place below 0', (memory) => memory.ingest({ turns: [{ content: sentinel, sequence: -1 }] }), 'turns.0.sequence'],
  ['turns and documents', (memory) => memory.ingest({ turns: [{ content: sentinel }], documents: [{ text: sentinel }] } as never), 'input'],
  ['no documents', (memory) => memory.ingest({ documents: [] }), 'documents'],
  ['an empty document', (memory) => memory.ingest({ documents: [{ text: sentinel }, { text: '' }] }), 'documents.1.text'],
  ['an empty id', (memory) => memory.ingest({ text: sentinel, id: '' }), 'id'],
  ['a control character in an id', (memory) => memory.ingest({ text: sentinel, id: `${sentinel}\n` }), 'id'],
  [
    'a control character in a title',
    (memory) => memory.ingest({ documents: [{ text: 'x', title: `${sentinel}\u0007` }] }),
    'documents.0.title',
  ],
  ['30 February', (memory) => memory.ingest({ text: sentinel, at: '2024-02-30' }), 'at'],
  ['tomorrow', (memory) => memory.ingest({ text: sentinel, at: 'tomorrow' }), 'at'],
  ['a year of five digits', (memory) => memory.ingest({ text: sentinel, at: '12345' }), 'at'],
  ['month 13', (memory) => memory.ingest({ text: sentinel, at: '2024-13' }), 'at'],
  ['an invalid Date', (memory) => memory.ingest({ text: sentinel, at: new Date(Number.NaN) }), 'at'],
  ['a time as a number', (memory) => memory.ingest({ text: sentinel, at: 7 as never }), 'at'],
  [
    'a bad time of a turn',
    (memory) =>
      memory.ingest({
        turns: [
          { content: 'x', at: '2024' },
          { content: 'y', at: sentinel },
        ],
      }),
    'turns.1.at',
  ],
  ['a bad time of a document', (memory) => memory.ingest({ documents: [{ text: 'x', at: sentinel }] }), 'documents.0.at'],
  ['an importance of 11', (memory) => memory.ingest({ text: sentinel, importance: 11 }), 'importance'],
  ['an importance that is none', (memory) => memory.ingest({ text: sentinel, importance: Number.NaN }), 'importance'],
  ['metadata that is nested', (memory) => memory.ingest({ text: sentinel, metadata: { a: { b: sentinel } as never } }), 'metadata.a'],
  ['tags as a text', (memory) => memory.ingest({ text: sentinel, tags: sentinel as never }), 'tags'],
  ['an unknown option of ingest', (memory) => memory.ingest(sentinel, { batch: 5 } as never), 'options'],
  ['options that are none', (memory) => memory.ingest(sentinel, 7 as never), 'options'],
  ['null for options', (memory) => memory.ingest(sentinel, null as never), 'options'],
  ['a signal that is none', (memory) => memory.ingest(sentinel, { signal: aborting as never }), 'signal'],
  ['a signal that is none, of a recall', (memory) => memory.recall(sentinel, { signal: sentinel as never }), 'signal'],
  ['a signal that is none, of an erasure', (memory) => memory.erase({ signal: sentinel as never }), 'signal'],
  ['an unknown option of an erasure', (memory) => memory.erase({ all: true } as never), 'options'],
  ['a batch of 0', (memory) => memory.ingest(sentinel, { batchSize: 0 }), 'batchSize'],
  ['a concurrency of 1.5', (memory) => memory.ingest(sentinel, { concurrency: 1.5 }), 'concurrency'],
  ['a progress that is no function', (memory) => memory.ingest(sentinel, { onProgress: sentinel as never }), 'onProgress'],
  ['an empty question', (memory) => memory.recall(' '), 'question'],
  ['a question that is too long', (memory) => memory.query(sentinel.repeat(3_000)), 'question'],
  ['a question that is no text', (memory) => memory.query({ text: sentinel } as never), 'question'],
  ['a limit of 0', (memory) => memory.recall(sentinel, { limit: 0 }), 'limit'],
  ['an unknown option of a recall', (memory) => memory.recall(sentinel, { topK: 5 } as never), 'options'],
  ['a bad moment of a query', (memory) => memory.query(sentinel, { asOf: '2024-02-30' }), 'asOf'],
  ['a bad moment of knowledge', (memory) => memory.recall(sentinel, { knownAt: new Date(Number.NaN) }), 'knownAt'],
  ['a confidence of 2', (memory) => memory.query(sentinel, { minConfidence: 2 }), 'minConfidence'],
  ['an unknown option of facts', (memory) => memory.facts({ subject: sentinel } as never), 'options'],
  ['a bad moment of facts', (memory) => memory.facts({ asOf: sentinel }), 'asOf'],
  ['an unknown type of entity', (memory) => memory.entities({ type: sentinel as never }), 'type'],
  ['a limit of episodes below 0', (memory) => memory.episodes({ limit: -1 }), 'limit'],
  ['nothing to correct', (memory) => memory.correct({ verdict: 'retract' }), 'correction'],
  ['a pinned decision', (memory) => memory.correct({ verdict: 'pin', decisionIds: [sentinel] }), 'correction'],
  ['an unknown fact to correct', (memory) => memory.correct({ verdict: 'retract', factIds: [sentinel] }), 'factIds'],
  ['an unknown decision to correct', (memory) => memory.correct({ verdict: 'retract', decisionIds: [sentinel] }), 'decisionIds'],
  ['an unknown key of what to forget', (memory) => memory.forget({ episodes: [sentinel] } as never), 'what'],
  ['nothing said of what to forget', (memory) => memory.forget(undefined as never), 'what'],
  ['ids to forget that are none', (memory) => memory.forget({ episodeIds: [7 as never] }), 'episodeIds.0'],
  ['two episodes for one', (memory) => memory.replace(sentinel, { documents: [{ text: 'x' }, { text: 'y' }] }), 'episodeId'],
  ['an episode id that is none', (memory) => memory.replace(7 as never, 'x'), 'episodeId'],
]

onEveryStore('bad input', (create) => {
  it('is refused before any write, by an error that names the field and repeats no text', async () => {
    const { memory } = create()
    for (const [what, call, field] of bad) {
      const error = await rejection(call(memory()))
      expect({ what, code: error.code, field: error.field }).toEqual({ what, code: 'INPUT_INVALID', field })
      expect(everythingOf(error).replaceAll(/^ +at .*$/gm, ''), what).not.toContain(sentinel)
      expect(error.message, what).toContain(field)
    }
    expect((await memory().stats()).version).toBe(0)
  })

  it('of an embedder is refused before any write', async () => {
    const wrong: readonly ((texts: readonly string[]) => unknown)[] = [
      (texts) => texts.map(() => new Float32Array(3)),
      (texts) => texts.map(() => new Float32Array(4).fill(Number.NaN)),
      (texts) => texts.map(() => new Float32Array([Number.POSITIVE_INFINITY, 0, 0, 0])),
      (texts) => texts.map(() => [1, 0, 0, 0]),
      (texts) => texts.slice(1).map(() => new Float32Array(4)),
      () => undefined,
      () => [],
    ]
    for (const embed of wrong) {
      const bent = {
        specVersion: 1,
        id: 'bent',
        dimensions: 4,
        embed: async (texts: readonly string[]) => embed(texts),
      } as unknown as Embedder
      const { memory } = create({ embedder: bent })
      expect(await rejection(memory().ingest('Bob works at Google.'))).toMatchObject({ code: 'ADAPTER_INVALID', field: 'embedder' })
      expect((await memory().stats()).version).toBe(0)
    }
  })

  it('of ids is refused as a scope', () => {
    const { graphMem } = create()
    const ids: readonly unknown[] = [undefined, null, '', 7, 'a\0', 'a\n', '\ud800', 'x'.repeat(257), 'é'.repeat(129)]
    for (const id of ids) {
      expect(() => graphMem.memory({ userId: id as string, memoryId: 'chat' })).toThrow(
        expect.objectContaining({ code: 'SCOPE_INVALID', field: 'userId' }),
      )
      expect(() => graphMem.memory({ userId: 'alice', memoryId: id as string })).toThrow(
        expect.objectContaining({ code: 'SCOPE_INVALID', field: 'memoryId' }),
      )
      expect(() => graphMem.user(id as string)).toThrow(expect.objectContaining({ code: 'SCOPE_INVALID', field: 'userId' }))
    }
  })

  it('of how a memory is opened is refused', () => {
    const { graphMem } = create()
    const open = { userId: 'alice', memoryId: 'chat' }
    const wrong: readonly unknown[] = [
      undefined,
      null,
      'alice',
      { ...open, name: sentinel },
      { ...open, self: sentinel },
      { ...open, self: {} },
      { ...open, self: { name: ' ' } },
      { ...open, self: { name: sentinel, alias: 'x' } },
    ]
    for (const options of wrong) {
      expect(() => graphMem.memory(options as never), JSON.stringify(options)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    }
  })
})

describe('parts of a GraphMem', () => {
  const whole: GraphMemOptions = { store: memoryStore(), reasoner: scriptedReasoner(), embedder }

  it.each([
    ['no options', undefined, 'options'],
    ['no store', { ...whole, store: undefined }, 'store'],
    ['no reasoner', { ...whole, reasoner: undefined }, 'reasoner'],
    ['no embedder', { ...whole, embedder: null }, 'embedder'],
    ['an unknown option', { ...whole, storage: memoryStore() }, 'storage'],
    ['a part of another version', { ...whole, reasoner: { ...scriptedReasoner(), specVersion: 2 } }, 'reasoner'],
    ['a part that is none', { ...whole, store: 'memory' }, 'store'],
    ['a bound that is none', { ...whole, maxIndexBytes: Number.NaN }, 'maxIndexBytes'],
    ['a bound as a text', { ...whole, maxIndexBytes: '1 GB' }, 'maxIndexBytes'],
    ['a clock that is none', { ...whole, clock: 7 }, 'clock'],
    ['an observer that is none', { ...whole, observer: 'log' }, 'observer'],
    ['weights without a signal of that name', { ...whole, weights: { ...recallWeights, passages: { fame: 1 } } }, 'weights'],
    ['weights that are none', { ...whole, weights: null }, 'weights'],
    ['an analyzer that is none', { ...whole, analyzer: 'english' }, 'analyzer'],
  ])('are refused: %s', (_, options, field) => {
    expect(() => new GraphMem(options as never)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', field }))
  })

  it('work without those that have a default', () => {
    expect(
      () => new GraphMem({ ...whole, clock: undefined, observer: undefined, analyzer: undefined, maxIndexBytes: undefined } as never),
    ).not.toThrow()
  })

  it('are closed once: no memory is opened then, and no open one works on', async () => {
    const graphMem = new GraphMem(whole)
    const memory = graphMem.memory({ userId: 'alice', memoryId: 'chat' })
    const other = graphMem.memory({ userId: 'alice', memoryId: 'other' })
    await other.close()
    expect((await rejection(other.recall('x'))).code).toBe('CLOSED')
    await memory.ingest('Bob works at Google.')
    await graphMem.close()
    expect(() => graphMem.memory({ userId: 'alice', memoryId: 'chat' })).toThrow(expect.objectContaining({ code: 'CLOSED' }))
    expect((await rejection(memory.ingest('Bob works at Meta.'))).code).toBe('CLOSED')
  })
})
