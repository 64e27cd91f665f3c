import type { EntityView, Memory } from '@graphmem/core'
import { expect, it } from 'vitest'
import { onEveryStore } from './on-every-store.ts'

async function entity(memory: Memory, named: string): Promise<EntityView> {
  const found = await memory.entities({ named })
  if (found.length !== 1 || found[0] === undefined) expect.fail(`${named}: ${found.length} entities`)
  return found[0]
}

async function idsOf(memory: Memory, names: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await Promise.all(names.map((name) => entity(memory, name)))).map(({ id }) => id))
}

onEveryStore('entities', (create) => {
  it('joins two names by the sentence that says so, and parts them when that decision is retracted', async () => {
    const { memory } = create()
    await memory().ingest('Robert, known as Bobby, works at Google.')
    await memory().ingest('Bobby likes Tea.')
    const joined = await entity(memory(), 'Bobby')
    expect([joined.name, ...joined.aliases].sort()).toEqual(['Bobby', 'Robert'])
    expect((await memory().facts({ about: 'Robert' })).map(({ predicate }) => predicate)).toEqual(['likes', 'works_at'])
    await memory().correct({ verdict: 'retract', decisionIds: joined.decisionIds })
    expect((await idsOf(memory(), ['Robert', 'Bobby'])).size).toBe(2)
    expect((await memory().facts({ about: 'Robert' })).map(({ predicate }) => predicate)).toEqual(['works_at'])
    await memory().correct({ verdict: 'restore', decisionIds: joined.decisionIds })
    expect(await entity(memory(), 'Robert')).toEqual(joined)
  })

  it('tells the facts of some by their ids, under all their names, and of ids that are none nothing', async () => {
    const { memory } = create()
    await memory().ingest('Robert, known as Bobby, works at Google. Bobby likes Tea. Carol likes Tea. Carol knows Robert.')
    const [robert, carol] = [await entity(memory(), 'Bobby'), await entity(memory(), 'Carol')]
    const all = await memory().facts()
    for (const subjects of [[robert.id], [carol.id], [carol.id, robert.id, carol.id]])
      expect(await memory().facts({ subjects })).toEqual(all.filter(({ subject }) => subjects.includes(subject.entityId)))
    expect((await memory().facts({ subjects: [robert.id] })).map(({ predicate }) => predicate)).toEqual(['likes', 'works_at'])
    for (const subjects of [[], ['none'], [all[0]?.id ?? '']]) expect(await memory().facts({ subjects })).toEqual([])
    await expect(memory().facts({ subjects: [''] })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('parts two names when the episode that joined them goes', async () => {
    const { memory } = create()
    await memory().ingest({ documents: [{ text: 'Robert works at Google.' }, { text: 'Bobby likes Tea.' }] })
    const { episodes } = await memory().ingest('Robert, known as Bobby, likes Milk.')
    expect((await idsOf(memory(), ['Robert', 'Bobby'])).size).toBe(1)
    await memory().forget({ episodeIds: episodes.map(({ id }) => id) })
    expect((await idsOf(memory(), ['Robert', 'Bobby'])).size).toBe(2)
  })

  it('joins the forms of one name across episodes, whichever comes first', async () => {
    for (const forms of [
      ['Google', 'Google Inc', 'The Google'],
      ['The Google', 'Google Inc', 'Google'],
    ]) {
      const { memory } = create()
      for (const form of forms) await memory().ingest(`Bob likes ${form}.`)
      expect((await idsOf(memory(), forms)).size).toBe(1)
      expect((await entity(memory(), 'Google')).mentions).toBe(3)
    }
  })

  it('takes the user, "I" and the names of the user for one', async () => {
    const { memory } = create()
    const self = { name: 'Alice', aliases: ['Ally'] }
    await memory({ self }).ingest('I work at Google.')
    await memory({ self }).ingest({ documents: [{ text: 'Alice likes Tea. Ally likes Milk.' }] })
    const alice = await entity(memory({ self }), 'Alice')
    expect(alice).toMatchObject({ isSelf: true, name: 'Alice', type: 'person', mentions: 3 })
    expect((await memory({ self }).facts({ about: 'Ally' })).map(({ predicate }) => predicate)).toEqual(['likes', 'likes', 'works_at'])
  })

  it('never uses the user id as a name', async () => {
    const { memory } = create()
    await memory().ingest('I work at Google.')
    expect((await memory().facts())[0]?.subject.name).toBe('')
    expect(await memory().entities({ named: 'alice' })).toEqual([])
  })

  it('does not take what an assistant without a name says of itself for the user', async () => {
    const { memory } = create()
    await memory().ingest({ session: 's', turns: [{ content: 'I like Tea.' }, { role: 'assistant', content: 'I like Milk.' }] })
    const said = (await memory().facts()).map(({ subject, object }) => [subject.name, 'name' in object ? object.name : ''])
    expect(said.sort()).toEqual([
      ['', 'Tea'],
      ['the assistant', 'Milk'],
    ])
    expect((await memory().recall('What does the user like?')).context).toContain('the assistant likes Milk')
  })

  it.each([
    ['two given names', 'John Smith', 'Jane Smith'],
    ['two quarters', 'Q3 2023', 'Q3 2024'],
    ['a town and its namesake', 'York', 'New York'],
    ['two courtesies', 'Mr Smith', 'Mrs Smith'],
    ['two courtesies before one name', 'Mr Pat Smith', 'Mrs Pat Smith'],
    ['a father and a son', 'John Smith', 'John Smith Jr'],
    ['two versions', 'Python 2', 'Python 3'],
    ['two towns in Chinese characters', '東京', '北京'],
    ['two more of them', '東京', '大阪'],
    ['two words in kana that differ in a mark', 'ガス', 'カス'],
    ['two names in Cyrillic', 'Москва', 'Минск'],
    ['two words in Cyrillic that differ in a mark', 'Бой', 'Бои'],
    ['two names in Arabic', 'القاهرة', 'بغداد'],
    ['two names in Devanagari that differ in a vowel', 'राम', 'रोम'],
  ])('keeps %s apart: %s and %s', async (_, one, other) => {
    const { memory } = create()
    await memory().ingest({ documents: [{ text: `Bob likes ${one}.` }, { text: `Bob likes ${other}.` }] })
    expect((await idsOf(memory(), [one, other])).size).toBe(2)
    expect(await memory().facts({ about: 'Bob' })).toHaveLength(2)
  })

  it('finds a name whatever its case and accents', async () => {
    const { memory } = create()
    await memory().ingest('Bob likes São.')
    await memory().ingest('Bob likes SAO.')
    expect((await entity(memory(), 'são')).mentions).toBe(2)
  })

  it('tells two bearers of one name apart by what the text says of them', async () => {
    const { memory } = create()
    await memory().ingest('John Smith the footballer lives in Leeds.')
    await memory().ingest('John Smith the baker lives in York.')
    expect(await memory().entities({ named: 'John Smith' })).toHaveLength(2)
    expect(await memory().facts({ about: 'John Smith' })).toHaveLength(2)
  })

  it('tells "my sister" of two speakers apart, and says whose she is', async () => {
    const { memory } = create()
    const self = { name: 'Alice' }
    await memory({ self }).ingest({
      session: 's',
      turns: [{ content: 'My sister lives in Rome.' }, { name: 'Bob', content: 'My sister lives in Oslo.' }],
    })
    const sisters = await memory({ self }).entities({ named: 'sister' })
    expect(sisters.map(({ of }) => of).sort()).toEqual(['Alice', 'Bob'])
    const { answer } = await memory({ self }).query('Where does my sister live?')
    expect(answer).toBe('Rome')
  })

  it('counts the type that most mentions say', async () => {
    const { memory } = create()
    await memory().ingest({ documents: [{ text: 'Bob lives in Paris. Carol lives in Paris. Dan likes Paris.' }] })
    expect((await entity(memory(), 'Paris')).type).toBe('place')
  })

  it('keeps the longer list of forms when a name is met again, in any order', async () => {
    const texts = ['Bob works at Google.', 'Bob, known as Bobby, works at Google.', 'Bobby likes Tea.']
    const views: (readonly EntityView[])[] = []
    for (const order of [texts, texts.toReversed()]) {
      const { memory } = create()
      for (const text of order) await memory().ingest({ documents: [{ text }] })
      views.push(await memory().entities())
    }
    expect(views[0]).toEqual(views[1])
  })
})
