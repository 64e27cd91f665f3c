import type { Extraction, Known, Memory, Passage } from '@graphmem/core'
import { expect, it } from 'vitest'
import { countingStore } from './counting-store.ts'
import { onEveryStore, type Setting, settingOf } from './on-every-store.ts'
import { type ScriptedReasoner, scriptedReasoner } from './scripted-reasoner.ts'

type Read = (passage: Passage, known: Known) => Partial<Extraction>

onEveryStore('what is known near a passage', (create) => {
  /** A double of a reasoner that reads what is known, and says of its passages what `reads` says beside what its sentences say. */
  function reading(reads: Record<string, Read> = {}): Setting & { readonly reasoner: ScriptedReasoner } {
    const reasoner = { ...scriptedReasoner(), readsKnown: true }
    const plain = scriptedReasoner()
    const extract = async (passage: Passage) => {
      reasoner.extracted.push(passage)
      const extraction = await plain.extract(passage)
      return { ...extraction, ...reads[passage.text]?.(passage, passage.known ?? { entities: [], facts: [] }) }
    }
    return { ...create({ reasoner: { ...reasoner, extract } }), reasoner }
  }

  const span = { start: 0, end: 5 }
  const resolving =
    (name: string, known: string, more: Partial<Extraction['names'][number]> = {}): Read =>
    (passage, { entities }) => ({
      names: [
        { name, type: 'person', mentions: [{ start: passage.text.indexOf(name), end: passage.text.indexOf(name) + name.length }], ...more },
      ],
      facts: [],
      same: [],
      resolved: entities.flatMap((entity, place) => (entity.name === known ? [{ name: 0, entity: place, confidence: 0.9 }] : [])),
    })
  const contradicting =
    (object: string, valid = {}): Read =>
    (_, { facts }) => ({
      contradicted: facts.flatMap((fact, place) => (fact.object === object ? [{ fact: place, span, valid, confidence: 0.9 }] : [])),
    })

  const names = async (memory: Memory) => (await memory.entities()).map(({ name, aliases }) => [name, ...aliases].sort().join(' = ')).sort()
  const facts = async (memory: Memory, options = {}) =>
    (await memory.facts(options)).map(
      ({ subject, predicate, object }) => `${subject.name} ${predicate} ${'name' in object ? object.name : object.value}`,
    )

  it('is told only to a reasoner that asks for it', async () => {
    const { memory, reasoner } = create()
    await memory().ingest('Bob works at Google.')
    await memory().ingest('Bob likes Tea.')
    expect(reasoner.extracted.map(({ known }) => known)).toEqual([undefined, undefined])
  })

  it('is the user, who is named, who shares a word of a name, and what holds of them', async () => {
    const { memory, reasoner } = reading()
    const alice = memory({ self: { name: 'Alice' } })
    await alice.ingest({ text: 'I live in Berlin. Linh Chen works at Google. Dan likes Tea.', at: '2024-01-01' })
    await alice.ingest({ text: 'Linh Chen works at Meta.', at: '2024-02-01' })
    await alice.ingest({ text: 'Today Dr. Chen called.', at: '2024-03-01' })
    const known = reasoner.extracted.at(-1)?.known
    expect(known?.entities.map(({ name, type }) => [name, type])).toEqual([
      ['Alice', 'person'],
      ['Linh Chen', 'person'],
    ])
    expect(known?.facts.map(({ subject, predicate, object }) => [subject, predicate, object])).toEqual([
      [1, 'works_at', 'Meta'],
      [0, 'lives_in', 'Berlin'],
    ])
    expect(JSON.stringify(known)).not.toMatch(/[a-z2-7]{26}/)
  })

  it('is bounded, and prefers what the passage speaks of', async () => {
    const { memory, reasoner } = reading()
    const people = Array.from({ length: 60 }, (_, index) => `Person${index}`)
    await memory().ingest({ documents: people.map((name) => ({ text: `${name} likes Tea. ${name} lives in Rome. ${name} likes Milk.` })) })
    await memory().ingest({ documents: [{ text: `${people.join(' and ')} met over Milk.` }] })
    const { entities, facts: known } = reasoner.extracted.at(-1)?.known ?? { entities: [], facts: [] }
    expect([entities.length, known.length]).toEqual([20, 40])
    expect(known.every(({ subject }) => subject < 20)).toBe(true)
  })

  it('costs a batch one read of the store more', async () => {
    const store = countingStore(create().store)
    const { memory } = settingOf(store, { reasoner: { ...scriptedReasoner(), readsKnown: true } })
    const calls: number[] = []
    for (const count of [3, 20, 60]) {
      store.calls.length = 0
      await memory().ingest({ documents: Array.from({ length: count }, (_, index) => ({ text: `Bob${count} works at Google ${index}.` })) })
      calls.push(store.calls.length)
    }
    expect(calls[2]).toBe(calls[1])
  })

  it('is what holds when the passage was written', async () => {
    const { memory, reasoner } = reading()
    await memory().ingest({ text: 'Bob works at Google since 2020.', at: '2020-06-01' })
    await memory().ingest({ text: 'Bob works at Meta since 2023.', at: '2023-06-01' })
    await memory().ingest({ text: 'Bob smiled.', at: '2021-06-01' })
    expect(reasoner.extracted.at(-1)?.known?.facts.map(({ object }) => object)).toEqual(['Google'])
  })

  it('joins a name to whom it means by a decision of the passage, which goes with it', async () => {
    const { memory } = reading({ 'Dr. Chen smiled.': resolving('Dr. Chen', 'Linh Chen') })
    await memory().ingest('Linh Chen works at Google.')
    await memory().ingest({ id: 'x', text: 'Dr. Chen smiled.' })
    expect(await names(memory())).toEqual(['Dr. Chen = Linh Chen', 'Google'])
    const [episode] = (await memory().episodes()).slice(-1)
    await memory().forget({ episodeIds: [episode?.id ?? ''] })
    expect(await names(memory())).toEqual(['Google', 'Linh Chen'])
  })

  it('is joined no more once the user said that it is wrong, whatever the next passage makes the reasoner say', async () => {
    const { memory } = reading({
      'Dr. Chen smiled.': resolving('Dr. Chen', 'Linh Chen'),
      'Dr. Chen left.': resolving('Dr. Chen', 'Linh Chen'),
    })
    await memory().ingest('Linh Chen works at Google.')
    await memory().ingest('Dr. Chen smiled.')
    const [chen] = await memory().entities({ named: 'Linh Chen' })
    expect(chen?.decisionIds).toHaveLength(1)
    await memory().correct({ verdict: 'retract', decisionIds: chen?.decisionIds ?? [] })
    expect(await names(memory())).toEqual(['Dr. Chen', 'Google', 'Linh Chen'])
    await memory().ingest('Dr. Chen left.')
    expect(await names(memory())).toEqual(['Dr. Chen', 'Google', 'Linh Chen'])
  })

  it.each([
    ['Q3 2024 Report', 'Q3 2023 Report', 'other'],
    ['Mrs Pat Smith', 'Mr Pat Smith', 'person'],
    ['Jane Smith', 'John Smith', 'person'],
    ['Smith', 'John Smith', 'place'],
  ] as const)('never joins %s to %s', async (name, known, type) => {
    const { memory } = reading({ [`${name} again.`]: resolving(name, known, { type }) })
    await memory().ingest(`${known} likes Tea.`)
    await memory().ingest(`${name} again.`)
    expect(await names(memory())).toEqual([name, known, 'Tea'].sort())
  })

  it('does not outlive what is forgotten: neither a name that was resolved to, nor a fact that was contradicted', async () => {
    const { memory } = reading({
      'Dr. Chen smiled.': resolving('Dr. Chen', 'Linh Chen'),
      'Bob moved.': contradicting('Atlantis'),
    })
    await memory().ingest({ id: 'a', text: 'Linh Chen works at Google.' })
    await memory().ingest({ id: 'b', text: 'Bob lives in Atlantis.' })
    await memory().ingest('Dr. Chen smiled.')
    await memory().ingest('Bob moved.')
    expect((await memory().stats()).records).toMatchObject({ decisions: 1, assertions: 3 })
    const episodes = await memory().episodes()
    await memory().forget({ episodeIds: episodes.slice(0, 2).map(({ id }) => id) })
    expect((await memory().stats()).records).toMatchObject({ decisions: 0, facts: 0, assertions: 0 })
    const left: string[] = []
    for await (const line of memory().export()) left.push(line)
    expect(left.join('')).not.toMatch(/linh|atlantis/i)
    expect(await memory().examine()).toEqual([])
  })

  it('ends a fact when a passage says that it holds no more, keeps the reason, and takes it back with the passage', async () => {
    const { memory } = reading({ 'Bob moved.': contradicting('Berlin') })
    await memory().ingest({ text: 'Bob lives in Berlin.', at: '2020-01-01' })
    await memory().ingest({ text: 'Bob moved.', at: '2023-05-01' })
    expect(await facts(memory())).toEqual([])
    expect(await facts(memory(), { asOf: '2023-04-30' })).toEqual(['Bob lives_in Berlin'])
    const [ended] = await memory().facts({ history: true })
    const [, moved] = await memory().episodes()
    expect(ended).toMatchObject({
      negated: false,
      holds: false,
      validUntil: { date: new Date('2023-05-01') },
      contradictedBy: { episodeId: moved?.id, ...span },
    })
    expect(ended?.support).toHaveLength(1)
    await memory().forget({ episodeIds: [moved?.id ?? ''] })
    expect(await facts(memory())).toEqual(['Bob lives_in Berlin'])
  })

  it('ends a fact since the passage says, and not one that is said again later, or that is pinned', async () => {
    const since = { from: Date.UTC(2022, 0), fromPrecision: 'year' }
    const { memory } = reading({ 'Bob moved.': contradicting('Berlin', since) })
    await memory().ingest({ text: 'Bob lives in Berlin since 2018.', at: '2020-01-01' })
    await memory().ingest({ text: 'Bob moved.', at: '2023-05-01' })
    const [ended] = await memory().facts({ history: true })
    expect(ended).toMatchObject({ holds: false, validUntil: { date: new Date('2022-01-01'), precision: 'year' } })
    await memory().correct({ verdict: 'pin', factIds: [ended?.id ?? ''] })
    expect(await facts(memory())).toEqual(['Bob lives_in Berlin'])
    await memory().correct({ verdict: 'unpin', factIds: [ended?.id ?? ''] })
    expect(await facts(memory())).toEqual([])
    await memory().ingest({ text: 'Bob lives in Berlin since 2018!', at: '2025-01-01' })
    expect(await facts(memory())).toEqual(['Bob lives_in Berlin'])
  })

  it('is not believed for being contradicted, once nothing states it any more', async () => {
    const { memory } = reading({ 'Bob moved.': contradicting('Berlin') })
    await memory().ingest({ id: 'a', text: 'Bob lives in Berlin.', at: '2020-01-01' })
    await memory().ingest({ text: 'Bob moved.', at: '2021-05-01' })
    await memory().ingest({ id: 'a', text: 'Bob lives here.', at: '2020-01-01' }, { replace: true })
    expect(await facts(memory(), { history: true })).toEqual([])
    expect(await names(memory())).toEqual(['Bob'])
  })

  it('ends all facts that say the same when one of them is contradicted, before what follows would', async () => {
    const onlyOne: Read = (passage, known) => ({ contradicted: contradicting('Berlin')(passage, known).contradicted?.slice(0, 1) ?? [] })
    const { memory } = reading({ 'Bob moved.': onlyOne })
    await memory().ingest({ text: 'Bob lives in Berlin.', at: '2020-01-01' })
    await memory().ingest({ text: 'Bob lives in Berlin since 2018.', at: '2020-02-01' })
    await memory().ingest({ text: 'Bob moved.', at: '2021-05-01' })
    expect(await facts(memory())).toEqual([])
    await memory().ingest({ text: 'Bob lives in Rome.', at: '2021-06-01' })
    const ended = await memory().facts({ history: true })
    expect(ended.filter(({ holds }) => !holds).map(({ validUntil }) => validUntil?.date)).toEqual([
      new Date('2021-05-01'),
      new Date('2021-05-01'),
    ])
    expect(await facts(memory())).toEqual(['Bob lives_in Rome'])
  })

  it('denies a fact that is said never to have held', async () => {
    const { memory } = reading({ 'Bob never did.': contradicting('Berlin', { from: Date.UTC(2018, 0) }) })
    await memory().ingest({ text: 'Bob lives in Berlin since 2018.', at: '2020-01-01' })
    await memory().ingest({ text: 'Bob never did.', at: '2023-05-01' })
    for (const asOf of ['2019-01-01', '2025-01-01']) expect(await facts(memory(), { asOf })).toEqual([])
    expect((await memory().facts({ history: true }))[0]?.contradictedBy).toBeDefined()
  })

  it('is contradicted only from when the memory learnt of it', async () => {
    const { memory, clock } = reading({ 'Bob moved.': contradicting('Berlin') })
    await memory().ingest({ text: 'Bob lives in Berlin.', at: '2020-01-01' })
    const before = new Date(clock.now)
    await memory().ingest({ text: 'Bob moved.', at: '2021-05-01' })
    expect(await facts(memory(), { knownAt: before })).toEqual(['Bob lives_in Berlin'])
    expect(await facts(memory())).toEqual([])
  })

  it('says nothing of what was forgotten while the passage was read', async () => {
    const forgetting: { now: () => Promise<unknown> } = { now: async () => undefined }
    const reasoner = { ...scriptedReasoner(), readsKnown: true }
    const { memory } = create({
      reasoner: {
        ...reasoner,
        extract: async (passage, options) => {
          const extraction = await reasoner.extract(passage, options)
          if (passage.text !== 'Bob Smith moved.') return extraction
          await forgetting.now()
          return {
            ...extraction,
            ...resolving('Bob Smith', 'Bob')(passage, passage.known as Known),
            ...contradicting('Berlin')(passage, passage.known as Known),
          }
        },
      },
    })
    await memory().ingest({ text: 'Bob lives in Berlin.', at: '2020-01-01' })
    const [episode] = await memory().episodes()
    forgetting.now = () => memory().forget({ episodeIds: [episode?.id ?? ''] })
    expect(await memory().ingest('Bob Smith moved.')).toMatchObject({ added: 1, failed: 0 })
    expect((await memory().stats()).records).toMatchObject({ facts: 0, assertions: 0, decisions: 0 })
    expect(await names(memory())).toEqual(['Bob Smith'])
  })

  it('fails a chunk of which the reasoner says something that was not told it', async () => {
    const { memory } = reading({
      'Bob smiled.': () => ({ resolved: [{ name: 0, entity: 7, confidence: 1 }] }),
      'Bob left.': () => ({ contradicted: [{ fact: 7, span, valid: {}, confidence: 1 }] }),
    })
    for (const text of ['Bob smiled.', 'Bob left.']) {
      const { episodes } = await memory().ingest(text)
      expect(episodes[0]?.failures).toMatchObject([{ code: 'ADAPTER_INVALID' }])
    }
  })
})
