import type { CallOptions, Memory } from '@graphmem/core'
import { expect, it } from 'vitest'
import { countingStore } from './counting-store.ts'
import { onEveryStore, settingOf } from './on-every-store.ts'

const calls: Readonly<Record<string, (memory: Memory, options: CallOptions) => Promise<unknown>>> = {
  ingest: (memory, options) => memory.ingest({ documents: [{ text: 'Carol works at Meta.' }] }, options),
  replace: (memory, options) => memory.replace('x', 'Carol works at Meta.', options),
  recall: (memory, options) => memory.recall('Where does Bob work?', options),
  query: (memory, options) => memory.query('Where does Bob work?', options),
  facts: (memory, options) => memory.facts(options),
  entities: (memory, options) => memory.entities(options),
  episodes: (memory, options) => memory.episodes(options),
  forget: (memory, options) => memory.forget({ factIds: ['x'] }, options),
  correct: (memory, options) => memory.correct({ verdict: 'retract', factIds: ['x'] }, options),
  version: (memory, options) => memory.version(options),
  stats: (memory, options) => memory.stats(options),
  digest: (memory, options) => memory.digest(options),
  reindex: (memory, options) => memory.reindex(options),
  reembed: (memory, options) => memory.reembed(options),
  erase: (memory, options) => memory.erase(options),
}

onEveryStore('a signal', (create, isInProcess) => {
  it('that is aborted before costs no call of the store, and rejects with its reason', async () => {
    const store = countingStore(create().store)
    const { memory, reasoner } = settingOf(store)
    const reason = { why: 'called off' }
    for (const call of Object.values(calls)) await expect(call(memory(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(store.calls).toEqual([])
    expect(reasoner.extracted).toEqual([])
  })

  it('that is aborted at any call of the store rejects with its reason, and leaves the memory whole', async () => {
    for (const [name, call] of Object.entries(calls)) {
      if (name === 'replace' || name === 'correct') continue
      if (!isInProcess && !['ingest', 'query', 'forget', 'erase'].includes(name)) continue
      for (let at = 1; ; at += 1) {
        const controller = new AbortController()
        const reason = new Error('called off')
        let seen = -1
        const setting = create()
        const store = countingStore(setting.store, () => {
          if (seen >= 0) seen += 1
          if (seen === at) controller.abort(reason)
        })
        const { memory } = settingOf(store)
        await memory().ingest({ documents: [{ text: 'Bob works at Google.' }] })
        const before = await memory().digest()
        seen = 0
        const outcome = await call(memory(), { signal: controller.signal }).then(
          () => 'done',
          (error: unknown) => error,
        )
        if (seen < at) {
          expect(outcome, name).toBe('done')
          break
        }
        // The last call of all may be through before the signal is looked at.
        if (outcome !== 'done') expect(outcome, `${name}, call ${at}`).toBe(reason)
        seen = -1
        if (name !== 'erase' && name !== 'ingest') expect(await memory().digest()).toBe(before)
      }
    }
  })

  it('of one call leaves another that loads the same index alone', async () => {
    const { memory, another } = create()
    await memory().ingest('Bob works at Google.')
    const reader = another().memory()
    const controller = new AbortController()
    const reason = new Error('called off')
    const outcomes = Promise.allSettled([reader.recall('Bob', { signal: controller.signal }), reader.recall('Bob'), reader.recall('Bob')])
    controller.abort(reason)
    const [first, second, third] = await outcomes
    expect(first).toEqual({ status: 'rejected', reason })
    expect([second.status, third.status]).toEqual(['fulfilled', 'fulfilled'])
  })
})
