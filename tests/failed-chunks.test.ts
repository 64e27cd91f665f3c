import { expect, it } from 'vitest'
import { onEveryStore } from './on-every-store.ts'
import { rejection } from './rejection.ts'

const turns = ['Bob works at Google.', 'Carol works at Meta.', 'Dan works at Apple.'].map((content, sequence) => ({ content, sequence }))

onEveryStore('failed chunks', (create) => {
  it('are failures with a reason, and never a success with no entities', async () => {
    const { memory, reasoner, events } = create()
    reasoner.beforeExtract = ({ text }) => {
      if (text.startsWith('Carol')) throw new Error('429 Too Many Requests')
    }
    const result = await memory().ingest({ session: 's', turns })
    expect(result).toMatchObject({ added: 2, failed: 1, chunks: 2 })
    expect(result.episodes.map(({ status }) => status)).toEqual(['added', 'failed', 'added'])
    expect(result.episodes[1]?.failures).toMatchObject([{ chunk: 0, code: 'MODEL_FAILED' }])
    expect(result.episodes[1]?.failures[0]?.message).toMatch(/\S/)
    expect(events.filter(({ type }) => type === 'chunk-failed')).toMatchObject([
      { episodeId: result.episodes[1]?.id, chunk: 0, code: 'MODEL_FAILED' },
    ])
    expect((await memory().recall('Where does Carol work?')).chunks.map(({ text }) => text)).not.toContain('Carol works at Meta.')
  })

  it('are tried again alone, by the same call', async () => {
    const { memory, reasoner } = create()
    reasoner.beforeExtract = (_, call) => {
      if (call === 2) throw new Error('overloaded')
    }
    await memory().ingest({ session: 's', turns })
    expect(await memory().ingest({ session: 's', turns })).toMatchObject({ failed: 0, chunks: 1 })
    expect(reasoner.extracted.slice(3).map(({ text }) => text)).toEqual(['Carol works at Meta.'])
  })

  it('leave an episode that they were to replace believed', async () => {
    const { memory, reasoner } = create()
    await memory().ingest({ id: 'a', text: 'Bob works at Google.' })
    reasoner.beforeExtract = () => {
      throw new Error('overloaded')
    }
    expect(await memory().ingest({ id: 'a', text: 'Bob works at Meta.' }, { replace: true })).toMatchObject({ failed: 1, replaced: 0 })
    expect((await memory().recall('Bob')).chunks.map(({ text }) => text)).toEqual(['Bob works at Google.'])
  })

  it('are those whose extraction does not fit the passage', async () => {
    const span = { start: 0, end: 3 }
    const bob = { name: 'Bob', type: 'person', mentions: [span] } as const
    const fact = {
      subject: 0,
      predicate: 'likes',
      object: { value: 'tea', valueType: 'text' },
      span,
      valid: {},
      negated: false,
      exclusive: false,
      confidence: 1,
    } as const
    const bad: readonly unknown[] = [
      { names: [{ ...bob, mentions: [{ start: 0, end: 99 }] }], facts: [], same: [] },
      { names: [{ ...bob, mentions: [{ start: 0.5, end: 2 }] }], facts: [], same: [] },
      { names: [{ ...bob, type: 'company' }], facts: [], same: [] },
      { names: [bob], facts: [{ ...fact, subject: 1 }], same: [] },
      { names: [bob], facts: [{ ...fact, object: { name: 7 } }], same: [] },
      { names: [bob], facts: [{ ...fact, confidence: Number.NaN }], same: [] },
      { names: [bob], facts: [{ ...fact, valid: { from: Number.NaN } }], same: [] },
      { names: [bob], facts: [{ ...fact, object: { value: 7, valueType: 'text' } }], same: [] },
      { names: [bob], facts: [], same: [{ a: 0, b: 4, confidence: 1 }] },
      { names: [{ ...bob, name: 7 }], facts: [], same: [] },
      { names: undefined },
      undefined,
    ]
    const { memory, reasoner } = create()
    for (const extraction of bad) {
      reasoner.extractWith = () => extraction as never
      const result = await memory().ingest('Bob works at Google.')
      expect(result.episodes[0], JSON.stringify(extraction)).toMatchObject({ status: 'failed', failures: [{ code: 'ADAPTER_INVALID' }] })
    }
    expect((await memory().stats()).version).toBe(0)
  })

  it('are none when the embedder fails: nothing of the batch is written, and the call says so', async () => {
    const failing = {
      specVersion: 1 as const,
      id: 'failing',
      dimensions: 2,
      embed(): never {
        throw new Error('down')
      },
    }
    const { memory } = create({ embedder: failing })
    expect((await rejection(memory().ingest('Bob works at Google.'))).code).toBe('MODEL_FAILED')
    expect((await memory().stats()).version).toBe(0)
  })
})
