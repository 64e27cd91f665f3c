import { GraphMem, type GraphStore, type Memory, regional, type Scope, scope, userId } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { build, graphStoreCases, runStoreCase } from '@graphmem/testkit'
import { describeGraphStore } from '@graphmem/testkit/vitest'
import { describe, expect, test } from 'vitest'

/** Two users of the kit are in one region as often as not. */
const evenOrOdd = (id: string) => (Buffer.from(id).reduce((sum, byte) => sum + byte, 0) % 2 === 0 ? 'eu' : 'us')

describeGraphStore('regional, of memory stores', {
  create() {
    const open = () => regional({ eu: memoryStore(), us: memoryStore() }, evenOrOdd)
    return { store: open(), reopen: open }
  },
})

/** Placements that send a user to a wrong store, each with cases that find it. */
const broken: Readonly<Record<string, { readonly make: () => GraphStore; readonly found: readonly string[] }>> = {
  'for every other call': {
    make: () => {
      let calls = 0
      return regional({ eu: memoryStore(), us: memoryStore() }, () => {
        calls += 1
        return calls % 2 === 0 ? 'eu' : 'us'
      })
    },
    found: ['scope-by-value', 'user-erase', 'head-of-two-handles'],
  },
  'to list and erase': {
    make: () => {
      const [eu, us] = [memoryStore(), memoryStore()]
      return { ...regional({ eu, us }, () => 'eu'), user: (id) => us.user(id) }
    },
    found: ['user-lists-memories', 'user-erase', 'user-erase-new-incarnation'],
  },
  'by the memory instead of the user': {
    make: () => {
      const [eu, us] = [memoryStore(), memoryStore()]
      const placed = regional({ eu, us }, evenOrOdd)
      return { ...placed, open: (of) => (evenOrOdd(of?.memoryId ?? '') === 'eu' ? eu : us).open(of) }
    },
    found: ['user-lists-memories', 'user-erase'],
  },
}

describe.each(Object.entries(broken))('a placement that sends a user to a wrong store %s', (_when, { make, found }) => {
  test.each(found)('fails the case %s', async (id) => {
    const storeCase = graphStoreCases.find((each) => each.id === id)
    if (storeCase === undefined) throw new Error(`there is no case ${id}`)
    await expect(runStoreCase(storeCase, () => ({ store: make(), reopen: make }), 'alone')).rejects.toThrow()
  })
})

describe('regional', () => {
  const ofAlice = scope({ userId: 'alice', memoryId: 'chat' })
  const ofBob = scope({ userId: 'bob', memoryId: 'chat' })

  test('keeps a user in the region that is named, and nowhere else', async () => {
    const [eu, us] = [memoryStore(), memoryStore()]
    const placed = regional({ eu, us }, (id) => (id === 'alice' ? 'eu' : 'us'))
    await write(placed, ofAlice)
    await write(placed, ofBob)
    expect(await eu.user(ofAlice.userId).list()).toEqual(['chat'])
    expect(await us.user(ofAlice.userId).list()).toEqual([])
    expect(await eu.user(ofBob.userId).list()).toEqual([])
    expect(await us.user(ofBob.userId).list()).toEqual(['chat'])
    await placed.user(ofAlice.userId).erase()
    expect(await eu.open(ofAlice).head()).toEqual({ version: 0 })
    expect((await us.open(ofBob).head()).version).toBe(1)
  })

  test.each([undefined, '', 'EU', 'mars', '__proto__', 'constructor', 'toString', Promise.resolve('eu')])(
    'refuses a user of the region %s before any I/O',
    (region) => {
      const untouched = { ...memoryStore(), open: () => expect.fail('opened'), user: () => expect.fail('opened') }
      const placed = regional({ eu: untouched, us: untouched }, () => region as 'eu')
      const refused = expect.objectContaining({ code: 'CONFIG_INVALID', field: 'regionOf' })
      expect(() => placed.open(ofAlice)).toThrow(refused)
      expect(() => placed.user(ofAlice.userId)).toThrow(refused)
    },
  )

  test('says what it is made of, and can do what all of its stores can', () => {
    const durable = { ...memoryStore(), name: 'lasting', capabilities: { durable: true, multiProcess: true } }
    expect(regional({ eu: durable, us: durable }, () => 'eu')).toMatchObject({
      name: 'regional-lasting',
      capabilities: { durable: true, multiProcess: true },
    })
    expect(regional({ eu: durable, us: memoryStore() }, () => 'eu')).toMatchObject({
      name: 'regional-lasting-memory',
      capabilities: { durable: false, multiProcess: false },
    })
  })

  test('disposes of all its stores, also when one fails', async () => {
    const failing = { ...memoryStore(), [Symbol.asyncDispose]: () => Promise.reject(new Error('no')) }
    const us = memoryStore()
    await expect(regional({ eu: failing, us }, () => 'us')[Symbol.asyncDispose]()).rejects.toThrow('no')
    await expect(us.open(ofAlice).head()).rejects.toMatchObject({ code: 'CLOSED' })
  })

  test.each<[string, unknown, unknown]>([
    ['stores', {}, () => 'eu'],
    ['stores', undefined, () => 'eu'],
    ['stores', { eu: { specVersion: 2 } }, () => 'eu'],
    ['regionOf', { eu: memoryStore() }, undefined],
  ])('refuses %s that are none', (field, stores, regionOf) => {
    const refused = expect.objectContaining({ code: 'CONFIG_INVALID', field })
    expect(() => regional(stores as { eu: GraphStore }, regionOf as () => 'eu')).toThrow(refused)
  })

  test('answers from where a user is now, when the user is taken to another region', async () => {
    const [eu, us] = [memoryStore(), memoryStore()]
    let home: 'eu' | 'us' = 'eu'
    const graphMem = new GraphMem({ store: regional({ eu, us }, () => home), reasoner: localReasoner(), embedder: localEmbedder() })
    const alice = (): Memory => graphMem.memory({ userId: 'alice', memoryId: 'chat' })
    await alice().ingest('I work at Google')
    expect((await alice().query('Where do I work?')).answer).toBe('Google')
    home = 'us'
    expect((await alice().query('Where do I work?')).found).toBe(false)
    await alice().ingest('I work at Siemens')
    expect((await alice().query('Where do I work?')).answer).toBe('Siemens')
    home = 'eu'
    expect((await alice().query('Where do I work?')).answer).toBe('Google')
  })
})

async function write(store: GraphStore, of: Scope): Promise<void> {
  const options = { applyId: 'once', expect: { version: 0 }, generation: 'g1' }
  await store.open(scope({ userId: userId(of.userId), memoryId: of.memoryId })).apply({ put: { senses: [build.senses('s1')] } }, options)
}
