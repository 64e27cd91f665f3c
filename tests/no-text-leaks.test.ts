import type { GraphStore } from '@graphmem/core'
import { expect, it } from 'vitest'
import { countingStore } from './counting-store.ts'
import { embedder, onEveryStore, settingOf } from './on-every-store.ts'
import { everythingOf, rejection } from './rejection.ts'

const sentinel = 'xyzzy'
const text = `Bob ${sentinel} works at Google.`

/** An error as drivers and models throw them: with the text they were at work on. */
function telling(): Error {
  return Object.assign(new Error(`failed at ${text}`), { body: text, cause: new Error(text) })
}

/** What an error says and carries; lines of a stack name files only. */
function told(error: unknown): string {
  return everythingOf(error)
}

onEveryStore('no text leaks', (create) => {
  it('into what an observer sees', async () => {
    const { memory, reasoner, events } = create()
    await memory().ingest({ documents: [{ id: sentinel, title: sentinel, text, tags: [sentinel] }] })
    await memory().query(`Where does ${sentinel} work?`)
    reasoner.beforeExtract = () => {
      throw telling()
    }
    const failed = await memory().ingest(text)
    await memory().reindex()
    await memory().erase()
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(
        ['apply-done', 'index-refreshed', 'recall-done', 'query-answered', 'chunk-failed', 'memory-erased'].filter(
          (type) => type !== 'recall-done',
        ),
      ),
    )
    expect(JSON.stringify(events)).not.toContain(sentinel)
    expect(JSON.stringify(failed.episodes[0]?.failures)).not.toContain(sentinel)
  })

  it('into errors of a reasoner that fails', async () => {
    const { memory, reasoner } = create()
    await memory().ingest({ text, id: 'a' })
    reasoner.answerWith = () => {
      throw telling()
    }
    const error = await rejection(memory().query(sentinel))
    expect(error.code).toBe('MODEL_FAILED')
    expect(told(error)).not.toContain(sentinel)
  })

  it('into errors of an embedder that fails', async () => {
    for (const embed of [
      () => Promise.reject(telling()),
      () => {
        throw telling()
      },
    ]) {
      const { memory } = create({ embedder: { ...embedder, embed } })
      for (const call of [() => memory().ingest(text), () => memory().recall(text)]) {
        const error = await rejection(call())
        expect(error.code).toBe('MODEL_FAILED')
        expect(told(error)).not.toContain(sentinel)
      }
    }
  })

  it('into errors of a store that fails by something of its own', async () => {
    const inner = create().store
    await settingOf(inner).memory().ingest({ text, id: 'a' })
    for (const failing of [
      'head',
      'apply',
      'get',
      'episodesOfKeys',
      'sensesOfBlocks',
      'segmentInfos',
      'segments',
      'scan',
      'count',
      'erase',
    ]) {
      const store: GraphStore = countingStore(inner, (call) => {
        if (call === failing) throw telling()
      })
      const memory = settingOf(store).memory()
      const calls = [
        () => memory.ingest({ text: `${text} Again.`, id: 'b' }),
        () => memory.query(sentinel),
        () => memory.forget({ factIds: [sentinel] }),
        () => memory.reindex(),
        () => memory.stats(),
        () => memory.digest(),
        () => memory.erase(),
      ]
      let failures = 0
      for (const call of failing === 'erase' ? calls : calls.slice(0, -1)) {
        const outcome = await call().then(
          () => undefined,
          (error: unknown) => error,
        )
        if (outcome === undefined) continue
        failures += 1
        expect(outcome, failing).toMatchObject({ code: 'STORE_FAILED' })
        expect(told(outcome), failing).not.toContain(sentinel)
      }
      expect(failures, failing).toBeGreaterThan(0)
      if (failing === 'apply') expect((await settingOf(inner).memory().stats()).records.episodes).toBe(1)
    }
  })
})
