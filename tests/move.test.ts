import { memoryCache } from '@graphmem/cache-memory'
import { type GraphMem, type GraphStore, type Memory, regional, type ScopedGraph } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { expect, it } from 'vitest'
import { embedder, onEveryStore, type Setting, settingOf } from './on-every-store.ts'
import { rejection } from './rejection.ts'
import { told } from './told.ts'

const ids = { userId: 'alice', memoryId: 'chat' }

async function lived({ memory }: Setting): Promise<void> {
  await memory().ingest({
    documents: [{ id: 'one', title: 'New York', text: 'Bob works at Google. I live in New York.', at: '2020-01-01' }],
  })
  await memory().ingest({ documents: [{ id: 'one', title: 'New York', text: 'Bob works at Meta.', at: '2020-01-01' }] }, { replace: true })
  await memory().ingest({ text: 'Dan likes Tea.', at: '2021-01-01' })
}

/** A store of which every call of a memory passes through `around`. */
function watched(store: GraphStore, around: (call: string, proceed: () => Promise<unknown>) => Promise<unknown>): GraphStore {
  return {
    ...store,
    open: (scope) => {
      const graph = store.open(scope)
      const watch = (name: 'head' | 'apply' | 'get' | 'count' | 'erase' | 'segmentInfos') => ({
        [name]: (...given: unknown[]) => around(name, () => (graph[name] as (...all: unknown[]) => Promise<unknown>)(...given)),
      })
      return Object.assign({}, graph, ...(['head', 'apply', 'get', 'count', 'erase', 'segmentInfos'] as const).map(watch)) as ScopedGraph
    },
  }
}

const versionOf = async (memory: Memory) => (await memory.stats()).version

onEveryStore('a move', (create) => {
  it('takes a memory to another store as it is, and leaves nothing behind', async () => {
    const [source, target] = [create(), create()]
    const start = source.clock.now
    await lived(source)
    await source.memory({ userId: 'bob' }).ingest('Dan likes Milk.')
    const { now } = source.clock
    const knownAts = [start + 2_000, now - 2_000, now]
    const wanted = {
      told: await told(source.memory(), knownAts),
      digest: await source.memory().digest(),
      stats: await source.memory().stats(),
    }
    const bob = await source.memory({ userId: 'bob' }).digest()
    const receipt = await source.graphMem.move(ids, target.graphMem)
    expect(receipt).toMatchObject({ digest: wanted.digest, records: wanted.stats.records })
    expect(receipt.erased).toMatchObject({ memories: 1, records: wanted.stats.records })
    target.clock.now = now
    expect(await told(target.memory(), knownAts)).toBe(wanted.told)
    expect(source.graphMem.heldIndexes.count).toBe(0)
    expect(await source.graphMem.user('alice').list()).toEqual([])
    expect(await source.memory().facts()).toEqual([])
    expect(await source.memory({ userId: 'bob' }).digest()).toBe(bob)
    await target.memory().ingest('Bob likes Milk.')
    expect((await target.memory().stats()).generation).toBe(wanted.stats.generation)
  })

  it('again is nothing; and back again is a move', async () => {
    const [source, target] = [create(), create()]
    await lived(source)
    const digest = await source.memory().digest()
    await source.graphMem.move(ids, target.graphMem)
    await target.memory().ingest('Bob likes Milk.')
    const moved = await target.memory().digest()
    const again = await source.graphMem.move(ids, target.graphMem)
    expect(again.digest).toBeUndefined()
    expect(again.records.episodes + again.erased.memories).toBe(0)
    expect(await target.memory().digest()).toBe(moved)
    await target.graphMem.move(ids, source.graphMem)
    expect(await source.memory().digest()).toBe(moved)
    expect(moved).not.toBe(digest)
  })

  it('to the very memory, or to one that holds something else, is refused and changes nothing', async () => {
    const [source, target] = [create(), create()]
    await lived(source)
    await target.memory().ingest('Dan likes Milk.')
    const before = [await source.memory().digest(), await target.memory().digest()]
    const versions = [await versionOf(source.memory()), await versionOf(target.memory())]
    expect(await rejection(source.graphMem.move(ids, source.another().graphMem))).toMatchObject({ code: 'INPUT_INVALID', field: 'to' })
    expect((await rejection(source.graphMem.move(ids, source.graphMem))).code).toBe('INPUT_INVALID')
    expect((await rejection(source.graphMem.move(ids, target.graphMem))).code).toBe('NOT_EMPTY')
    expect((await rejection(source.graphMem.move(ids, {} as GraphMem))).code).toBe('INPUT_INVALID')
    const other = create({ embedder: { ...embedder, id: 'other/1' } })
    expect((await rejection(source.graphMem.move(ids, other.graphMem))).code).toBe('GENERATION_MISMATCH')
    expect(await versionOf(other.memory())).toBe(0)
    expect([await source.memory().digest(), await target.memory().digest()]).toEqual(before)
    expect([await versionOf(source.memory()), await versionOf(target.memory())]).toEqual(versions)
  })
})

it('a move that is cut off before or after any call of a store has lost nothing, and is finished by the same call', async () => {
  const whole = settingOf(memoryStore())
  await lived(whole)
  const wanted = await whole.memory().digest()
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; ; at += 1) {
      const stores = { source: memoryStore(), target: memoryStore() }
      const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
      await lived(source)
      let calls = 0
      const dying = (store: GraphStore) =>
        watched(store, async (_, proceed) => {
          calls += 1
          const dies = calls >= at
          if (dies && (when === 'before' || calls > at)) throw new Error('killed')
          const result = await proceed()
          if (dies) throw new Error('killed')
          return result
        })
      const first = settingOf(dying(stores.source)).graphMem.move(ids, settingOf(dying(stores.target)).graphMem)
      const died = await first.then(
        () => false,
        () => true,
      )
      // One side has it whole, by what the records themselves say.
      expect([await source.memory().digest(), await target.memory().digest()]).toContain(wanted)
      await source.graphMem.move(ids, target.graphMem)
      expect(await target.memory().digest()).toBe(wanted)
      expect(await versionOf(source.memory())).toBe(0)
      await target.memory().ingest('It goes on.')
      if (!died) break
      expect(at).toBeLessThan(200)
    }
  }
})

it('what another process writes at the source, before or after any call of a move, is refused, or moves, or stays', async () => {
  const outcomes = new Set<string>()
  for (let at = 1; ; at += 1) {
    const stores = { source: memoryStore(), target: memoryStore() }
    const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
    await lived(source)
    let calls = 0
    let written: Promise<unknown> | undefined
    const disturbed = (store: GraphStore) =>
      watched(store, async (_, proceed) => {
        calls += 1
        if (calls === at) {
          written = source.another().memory().ingest('Robert lives in Rome.')
          await written.catch(() => undefined)
        }
        return proceed()
      })
    await settingOf(disturbed(stores.source)).graphMem.move(ids, settingOf(disturbed(stores.target)).graphMem)
    if (written === undefined) break
    const isThere = async (setting: Setting) => (await setting.another().memory().entities({ named: 'Robert' })).length > 0
    const places = [await isThere(source), await isThere(target)]
    const outcome = await written.then(
      () => 'written',
      (error: { readonly code: string }) => error.code,
    )
    outcomes.add(`${outcome} ${places}`)
    expect(await target.memory().entities({ named: 'Meta' })).toHaveLength(1)
  }
  // It stays where it was written after the move: as that of any memory that begins.
  expect([...outcomes].sort()).toEqual(
    ['CONFLICT false,false', 'written false,true', 'written true,false'].filter((each) => outcomes.has(each)),
  )
  expect(outcomes).toContain('CONFLICT false,false')
  expect(outcomes).toContain('written false,true')
})

it('a memory that is being moved is refused on both sides, as one to be called again', async () => {
  const stores = { source: memoryStore(), target: memoryStore() }
  const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
  await lived(source)
  const refusals: string[] = []
  const looking = watched(stores.source, async (call, proceed) => {
    if (call === 'erase') {
      const { memory } = source.another()
      for (const use of [() => memory().facts(), () => memory().ingest('x'), () => memory().recall('x'), () => memory().reindex()]) {
        const { code, retryable } = await rejection(use())
        refusals.push(`${code} ${retryable}`)
      }
    }
    return proceed()
  })
  await settingOf(looking).graphMem.move(ids, target.graphMem)
  expect(refusals).toEqual(Array(4).fill('CONFLICT true'))
})

it('a memory whose owner erased it while a move was cut off does not come back', async () => {
  const stores = { source: memoryStore(), target: memoryStore() }
  const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
  await lived(source)
  const dying = watched(stores.source, async (call, proceed) => {
    if (call === 'apply') throw new Error('killed')
    return proceed()
  })
  await rejection(settingOf(dying).graphMem.move(ids, target.graphMem))
  expect((await rejection(target.memory().facts())).code).toBe('CONFLICT')
  expect((await rejection(target.memory().import([]))).message).toContain('move')
  await source.memory().erase()
  await source.graphMem.move(ids, target.graphMem)
  expect(await versionOf(target.memory())).toBe(0)
})

it('a copy that a move left behind when it was cut off is replaced when the source went on', async () => {
  const stores = { source: memoryStore(), target: memoryStore() }
  const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
  await lived(source)
  const dying = watched(stores.source, async (call, proceed) => {
    if (call === 'apply') throw new Error('killed')
    return proceed()
  })
  await rejection(settingOf(dying).graphMem.move(ids, target.graphMem))
  await source.memory().ingest('Robert lives in Rome.')
  const digest = await source.memory().digest()
  await source.graphMem.move(ids, target.graphMem)
  expect(await target.memory().digest()).toBe(digest)
})

it('two moves of one memory at once end as one', async () => {
  const stores = { source: memoryStore(), target: memoryStore() }
  const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
  await lived(source)
  const digest = await source.memory().digest()
  await Promise.all([source.graphMem.move(ids, target.graphMem), source.another().graphMem.move(ids, target.another().graphMem)])
  expect(await target.memory().digest()).toBe(digest)
  expect(await versionOf(source.memory())).toBe(0)
  await target.memory().ingest('It goes on.')
})

it('a move takes what is cached of the memory away', async () => {
  const cache = memoryCache()
  const source = settingOf(memoryStore(), { cache })
  await lived(source)
  await source.memory().query('Where does Bob work?')
  const { erased } = await source.graphMem.move(ids, settingOf(memoryStore()).graphMem)
  expect(erased.caches).toBe(1)
})

it('a move takes a user to another region', async () => {
  const [eu, us] = [memoryStore(), memoryStore()]
  const before = settingOf(regional({ eu, us }, () => 'eu'))
  const after = settingOf(regional({ eu, us }, () => 'us'))
  await lived(before)
  const digest = await before.memory().digest()
  await before.graphMem.move(ids, after.graphMem)
  expect(await after.memory().digest()).toBe(digest)
  expect([await versionOf(settingOf(eu).memory()), await settingOf(us).memory().digest()]).toEqual([0, digest])
  // The store under a placement is the same memory.
  expect((await rejection(settingOf(us).graphMem.move(ids, after.graphMem))).code).toBe('INPUT_INVALID')
})

/** A store of which the first erasure of a memory waits: `reached` says that it is asked for, and `go` lets it. */
function parkedAtErase(store: GraphStore) {
  const reached = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  const parked = watched(store, async (call, proceed) => {
    if (call === 'erase') {
      reached.resolve()
      await go.promise
    }
    return proceed()
  })
  return { parked, reached: reached.promise, go: go.resolve }
}

/** A move that is cut off at the first call of this name, of the source or the target. */
async function cutOff(
  stores: { readonly source: GraphStore; readonly target: GraphStore },
  side: 'source' | 'target',
  at: string,
  nth = 1,
) {
  let calls = 0
  const dying = watched(stores[side], async (call, proceed) => {
    if (call === at) calls += 1
    if (calls >= nth) throw new Error('killed')
    return proceed()
  })
  const both = { ...stores, [side]: dying }
  await rejection(settingOf(both.source).graphMem.move(ids, settingOf(both.target).graphMem))
}

it.each(['source', 'target'] as const)(
  'a mover that is held up before it erases at the %s erases nothing that another finished',
  async (side) => {
    const stores = { source: memoryStore(), target: memoryStore() }
    const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
    await lived(source)
    if (side === 'target') {
      await cutOff(stores, 'source', 'apply')
      await source.memory().ingest('Robert lives in Rome.')
    }
    const digest = await source.memory().digest()
    const { parked, reached, go } = parkedAtErase(stores[side])
    const both = { ...stores, [side]: parked }
    const slow = settingOf(both.source).graphMem.move(ids, settingOf(both.target).graphMem)
    await reached
    await source.another().graphMem.move(ids, target.another().graphMem)
    if (side === 'source') await source.another().memory().ingest('Robert lives in Rome.')
    go()
    await slow.catch((error: { readonly code: string }) => expect(error.code).toBe('NOT_EMPTY'))
    expect(await target.another().memory().digest()).toBe(digest)
    if (side === 'source') expect(await source.another().memory().entities({ named: 'Robert' })).toHaveLength(1)
  },
)

it('a memory whose owner erased it at the destination of a move that was cut off is not brought back unasked', async () => {
  const stores = { source: memoryStore(), target: memoryStore() }
  const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
  await lived(source)
  const digest = await source.memory().digest()
  await cutOff(stores, 'source', 'erase')
  await target.memory().erase()
  expect(await rejection(source.graphMem.move(ids, target.graphMem))).toMatchObject({ code: 'INPUT_INVALID', field: 'again' })
  expect(await versionOf(target.memory())).toBe(0)
  await source.graphMem.move(ids, target.graphMem, { again: true })
  expect(await target.memory().digest()).toBe(digest)
  expect(await versionOf(source.memory())).toBe(0)
})

it.each(['memory', 'user'] as const)('an erasure of a %s in the middle of a move erases the copy, or tells of it', async (what) => {
  const erase = ({ memory, graphMem }: Setting) => (what === 'memory' ? memory().erase() : graphMem.user('alice').erase())
  const stores = { source: memoryStore(), target: memoryStore() }
  const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
  await lived(source)
  const told: (readonly string[])[] = []
  const erasing = watched(stores.source, async (call, proceed) => {
    const result = await proceed()
    if (call === 'apply') told.push((await erase(source.another())).unverified)
    return result
  })
  await settingOf(erasing).graphMem.move(ids, target.graphMem)
  expect(told).toEqual([[expect.stringContaining('moved')]])
  expect([await versionOf(source.memory()), await versionOf(target.memory())]).toEqual([0, 0])
  await lived(source)
  expect((await erase(source)).unverified).toEqual([])
})

it('a move that was cut off is finished with a damaged index, and shows the true generation meanwhile', async () => {
  const stores = { source: memoryStore(), target: memoryStore() }
  const [source, target] = [settingOf(stores.source), settingOf(stores.target)]
  await lived(source)
  const { generation } = await source.memory().stats()
  const digest = await source.memory().digest()
  await cutOff(stores, 'target', 'apply', 2)
  expect((await source.memory().stats()).generation).toBe(generation)
  expect((await target.memory().stats()).generation).toBe(generation)
  for (const store of [stores.source, stores.target]) {
    const graph = store.open(source.memory().scope)
    const head = await graph.head()
    const dropSegmentIds = (await graph.segmentInfos()).map(({ id }) => id)
    const bytes = new Uint8Array([1, 2, 3])
    const putSegments = [{ id: 'damaged', firstVersion: 1, lastVersion: head.version + 1, bytes }]
    await graph.apply({ put: {}, dropSegmentIds, putSegments }, { applyId: 'damage', expect: head, generation: head.generation ?? '' })
  }
  await source.another().graphMem.move(ids, target.another().graphMem)
  expect(await target.another().memory().digest()).toBe(digest)
  expect(await versionOf(source.another().memory())).toBe(0)
  expect(await target.another().memory().facts()).not.toEqual([])
})
