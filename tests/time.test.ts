import type { FactView, Memory } from '@graphmem/core'
import { expect, it } from 'vitest'
import { onEveryStore } from './on-every-store.ts'

type When = Parameters<Memory['facts']>[0]

/** "Bob works_at Google" for each fact at hand. */
async function told(memory: Memory, options: When = {}): Promise<readonly string[]> {
  return (await memory.facts(options)).map(inWords).sort()
}

function inWords({ subject, predicate, object, negated }: FactView): string {
  return `${subject.name} ${negated ? 'not ' : ''}${predicate} ${'name' in object ? object.name : object.value}`
}

const google = { text: 'Bob works at Google.', at: '2020-03-01' }
const meta = { text: 'Bob works at Meta.', at: '2021-03-01' }

onEveryStore('time', (create) => {
  for (const [order, inputs] of [
    ['told in order', [google, meta]],
    ['told the other way round', [meta, google]],
  ] as const) {
    it(`ends a fact by the one that begins later, ${order}, and writes nothing for it`, async () => {
      const { memory } = create()
      for (const input of inputs) await memory().ingest(input)
      expect(await told(memory())).toEqual(['Bob works_at Meta'])
      expect(await told(memory(), { asOf: '2020-06-01' })).toContain('Bob works_at Google')
      expect(await told(memory(), { history: true })).toEqual(['Bob works_at Google', 'Bob works_at Meta'])
      const [ended, holding] = [...(await memory().facts({ history: true }))].sort((a, b) => Number(a.holds) - Number(b.holds))
      expect(ended).toMatchObject({ holds: false, supersededBy: holding?.id, validUntil: { date: new Date('2021-03-01') } })
      expect((await memory().stats()).records.assertions).toBe(2)
    })
  }

  it('ends a fact at the very moment at which the next begins', async () => {
    const { memory } = create()
    await memory().ingest(google)
    await memory().ingest(meta)
    expect(await told(memory(), { asOf: '2021-02-28T23:59:59.999Z' })).toContain('Bob works_at Google')
    expect(await told(memory(), { asOf: '2021-03-01T00:00:00.000Z' })).toEqual(['Bob works_at Meta'])
  })

  it('holds a fact through the year it was said to end in, and no longer', async () => {
    const { memory } = create()
    await memory().ingest({ text: 'Bob works at Google until 2018.', at: '2020-03-01' })
    expect(await told(memory(), { asOf: '2018-12-31T23:59:59.999Z' })).toEqual(['Bob works_at Google'])
    expect(await told(memory(), { asOf: '2019-01-01' })).toEqual([])
    expect((await memory().facts({ history: true }))[0]).toMatchObject({ validUntil: { date: new Date('2019-01-01'), precision: 'year' } })
  })

  it('keeps "since 2018" as a year', async () => {
    const { memory } = create()
    await memory().ingest({ text: 'Bob works at Google since 2018.', at: '2020-03-01' })
    await memory().ingest({ text: 'Bob works at Meta since 2021.', at: '2022-03-01' })
    expect(await told(memory(), { asOf: '2017-12-31T23:59:59.999Z' })).toEqual([])
    expect(await told(memory(), { asOf: '2018-01-01' })).toEqual(['Bob works_at Google'])
    const [first] = await memory().facts({ asOf: '2018-06-01' })
    expect(first).toMatchObject({ validFrom: { precision: 'year' }, validUntil: { date: new Date('2021-01-01'), precision: 'year' } })
  })

  it('lets both of two facts hold that exclude each other and begin at one moment', async () => {
    const { memory } = create()
    await memory().ingest({ text: 'Bob works at Google. Bob works at Meta.', at: '2020-03-01' })
    expect(await told(memory())).toEqual(['Bob works_at Google', 'Bob works_at Meta'])
  })

  it('lets facts that exclude nothing hold side by side', async () => {
    const { memory } = create()
    await memory().ingest({ text: 'Bob likes Tea.', at: '2020-03-01' })
    await memory().ingest({ text: 'Bob likes Coffee.', at: '2021-03-01' })
    expect(await told(memory())).toEqual(['Bob likes Coffee', 'Bob likes Tea'])
  })

  it('ends a fact by a later denial, and not by an earlier one', async () => {
    const { memory } = create()
    await memory().ingest(google)
    await memory().ingest({ text: 'Bob is not at Google.', at: '2020-09-01' })
    expect(await told(memory())).toEqual(['Bob not works_at Google'])
    expect(await told(memory(), { asOf: '2020-06-01' })).toEqual(['Bob works_at Google'])
    await memory().ingest({ text: 'Bob works at Google.', at: '2023-09-01' })
    expect(await told(memory())).toEqual(['Bob works_at Google'])
    expect(await told(memory(), { asOf: '2021-06-01' })).toEqual(['Bob not works_at Google'])
  })

  it('keeps a second term apart from the first', async () => {
    const { memory } = create()
    for (const input of [google, meta, { text: 'Bob works at Google.', at: '2022-03-01' }]) await memory().ingest(input)
    expect(await told(memory())).toEqual(['Bob works_at Google'])
    expect(await told(memory(), { asOf: '2020-06-01' })).toContain('Bob works_at Google')
    expect(await told(memory(), { asOf: '2021-06-01' })).toEqual(['Bob works_at Meta'])
    await memory().ingest({
      text: 'Carol works at Google since 2010. Carol works at Meta since 2012. Carol works at Google since 2014.',
      at: '2022-01-01',
    })
    expect(await told(memory(), { about: 'Carol' })).toEqual(['Carol works_at Google'])
    expect(await told(memory(), { about: 'Carol', asOf: '2013-01-01' })).toEqual(['Carol works_at Meta'])
    expect(await told(memory(), { about: 'Carol', asOf: '2011-01-01' })).toEqual(['Carol works_at Google'])
  })

  it('counts a fact that was denied before it came true from when it came true', async () => {
    const { memory } = create()
    await memory().ingest({ text: 'Bob is not at Google.', at: '2019-01-01' })
    await memory().ingest({ text: 'Bob works at Meta.', at: '2020-01-01' })
    await memory().ingest({ text: 'Bob works at Google.', at: '2021-01-01' })
    expect(await told(memory())).toEqual(['Bob works_at Google'])
  })

  it('does not let a job that was over end the one there is', async () => {
    const { memory } = create()
    await memory().ingest(google)
    await memory().ingest({ text: 'Bob works at Meta until 2015.', at: '2021-03-01' })
    expect(await told(memory())).toEqual(['Bob works_at Google'])
    expect(await told(memory(), { asOf: '2015-06-01' })).toContain('Bob works_at Meta')
  })

  it('hides what was retracted, and brings it back when it is restored, at whatever pace', async () => {
    for (const step of [0, 1_000]) {
      const { memory, clock } = create()
      clock.step = step
      await memory().ingest(google)
      const factIds = (await memory().facts()).map(({ id }) => id)
      for (let round = 0; round < 4; round += 1) {
        await memory().correct({ verdict: 'retract', factIds, reason: 'a slip' })
        expect(await told(memory(), { history: true })).toEqual([])
        await memory().correct({ verdict: 'restore', factIds })
        expect(await told(memory())).toEqual(['Bob works_at Google'])
      }
      await memory().reindex()
      expect(await told(memory())).toEqual(['Bob works_at Google'])
    }
  })

  it('gives a fact its place back when the one that ended it is retracted', async () => {
    const { memory } = create()
    await memory().ingest(google)
    await memory().ingest(meta)
    const factIds = (await memory().facts()).map(({ id }) => id)
    await memory().correct({ verdict: 'retract', factIds })
    expect(await told(memory())).toEqual(['Bob works_at Google'])
  })

  it('lets nothing end a pinned fact, until it is unpinned', async () => {
    const { memory } = create()
    await memory().ingest(google)
    const factIds = (await memory().facts()).map(({ id }) => id)
    await memory().correct({ verdict: 'pin', factIds })
    await memory().ingest(meta)
    expect(await told(memory())).toEqual(['Bob works_at Google', 'Bob works_at Meta'])
    expect((await memory().facts({ about: 'Google' }))[0]?.pinned).toBe(true)
    await memory().correct({ verdict: 'unpin', factIds })
    expect(await told(memory())).toEqual(['Bob works_at Meta'])
  })

  it('says of an earlier moment what was believed then, corrections included', async () => {
    const { memory, clock } = create()
    await memory().ingest(google)
    const afterGoogle = new Date(clock.now)
    await memory().ingest(meta)
    const afterMeta = new Date(clock.now)
    await memory().correct({ verdict: 'retract', factIds: (await memory().facts()).map(({ id }) => id) })
    expect(await told(memory())).toEqual(['Bob works_at Google'])
    expect(await told(memory(), { knownAt: afterMeta })).toEqual(['Bob works_at Meta'])
    expect(await told(memory(), { knownAt: afterGoogle })).toEqual(['Bob works_at Google'])
    expect(await told(memory(), { knownAt: '2000-01-01', history: true })).toEqual([])
  })

  it('answers from the facts of the moment that is asked about', async () => {
    const { memory } = create()
    await memory().ingest(google)
    await memory().ingest(meta)
    expect((await memory().query('Where does Bob work?')).answer).toBe('Meta')
    expect((await memory().query('Where does Bob work?', { asOf: '2020-06-01' })).answer).toBe('Google')
  })
})
