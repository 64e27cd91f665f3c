import { expect, it } from 'vitest'
import { onEveryStore } from './on-every-store.ts'

const nothing = { answer: 'No information found', found: false, confidence: 0, citations: [] }

onEveryStore('query', (create) => {
  it('answers with the sentence it rests on', async () => {
    const { memory } = create()
    const { episodes } = await memory().ingest({
      documents: [{ title: 'Staff', source: 'staff.txt', at: '2020-01-01', text: 'Hello there. Bob works at Google.' }],
    })
    const result = await memory().query('Where does Bob work?')
    expect(result).toMatchObject({ answer: 'Google', found: true, confidence: 0.8 })
    expect(result.citations).toMatchObject([
      {
        episodeId: episodes[0]?.id,
        start: 13,
        end: 32,
        text: 'Bob works at Google',
        title: 'Staff',
        source: 'staff.txt',
        at: new Date('2020-01-01'),
      },
    ])
    expect(result.chunks).toHaveLength(1)
    expect(result.context).toContain('Bob works at Google')
  })

  it('says exactly that it found nothing, of an empty memory and of one that does not tell', async () => {
    const { memory } = create()
    expect(await memory().query('Where does Bob work?')).toMatchObject({
      ...nothing,
      facts: [],
      entities: [],
      chunks: [],
      context: '',
      version: 0,
    })
    await memory().ingest('Bob likes Tea.')
    expect(await memory().query('Where does Bob work?')).toMatchObject(nothing)
  })

  it('keeps the users and their memories apart', async () => {
    const { memory } = create()
    await memory({ self: { name: 'Alice' } }).ingest('I work at Google.')
    await memory({ userId: 'bob', self: { name: 'Bob' } }).ingest('I work at Mayo.')
    expect(await memory({ self: { name: 'Alice' } }).query('Where do I work?')).toMatchObject({ answer: 'Google', found: true })
    expect(await memory({ self: { name: 'Alice' } }).query('Where does Alice work?')).toMatchObject({ answer: 'Google', found: true })
    expect(await memory({ self: { name: 'Alice' } }).query('Where does Bob work?')).toMatchObject(nothing)
    expect(await memory({ userId: 'bob', self: { name: 'Bob' } }).query('Where does Alice work?')).toMatchObject(nothing)
    expect(await memory({ memoryId: 'work', self: { name: 'Alice' } }).query('Where do I work?')).toMatchObject(nothing)
  })

  it('drops citations of what it never showed, and answers nothing when none is left', async () => {
    const { memory, reasoner } = create()
    const { episodes } = await memory({ userId: 'bob' }).ingest('Bob works at Mayo.')
    await memory().ingest('Bob works at Google.')
    const foreign = firstId((await memory({ userId: 'bob' }).recall('Bob')).chunks)
    const own = firstId((await memory().recall('Bob')).chunks)
    reasoner.answerWith = () => ({
      text: 'Mayo',
      citations: [{ chunkId: foreign }, { chunkId: 'x' }, { chunkId: episodes[0]?.id ?? '' }],
      support: 1,
    })
    expect(await memory().query('Where does Bob work?')).toMatchObject(nothing)
    reasoner.answerWith = () => ({ text: 'Google', citations: [{ chunkId: foreign }, { chunkId: own }], support: 0.9 })
    const result = await memory().query('Where does Bob work?')
    expect(result.citations.map(({ chunkId }) => chunkId)).toEqual([own])
  })

  it('is surer when more episodes say so, and not when one says it twice', async () => {
    const confidence = async (texts: readonly string[]) => {
      const { memory } = create()
      await memory().ingest({ documents: texts.map((text) => ({ text })) })
      const { confidence, citations } = await memory().query('Where does Bob work?')
      return { confidence, citations: citations.length }
    }
    const says = 'Bob works at Google.'
    const padding = 'And so the day went on and on. '.repeat(60)
    const once = await confidence([says])
    const twice = await confidence([says, `Listen. ${says}`])
    const thrice = await confidence([says, `Listen. ${says}`, `Oh yes. ${says}`])
    const twiceInOne = await confidence([`${says} ${padding}\n\n${says}`])
    expect(once).toEqual({ confidence: 0.8, citations: 1 })
    expect(twice.confidence).toBeCloseTo(1 - 0.2 * 0.85, 10)
    expect(thrice.confidence).toBeCloseTo(1 - 0.2 * 0.85 ** 2, 10)
    expect(twiceInOne).toEqual({ confidence: 0.8, citations: 2 })
  })

  it('answers nothing below the least confidence', async () => {
    const { memory } = create()
    await memory().ingest('Bob works at Google.')
    expect(await memory().query('Where does Bob work?', { minConfidence: 0.8 })).toMatchObject({ found: true })
    expect(await memory().query('Where does Bob work?', { minConfidence: 0.81 })).toMatchObject(nothing)
  })

  it('takes an answer of another form for a fault of the reasoner', async () => {
    const { memory, reasoner } = create()
    await memory().ingest('Bob works at Google.')
    for (const answer of [
      { text: 'Google' },
      { text: 7, citations: [], support: 1 },
      { text: 'x', citations: [{ chunkId: 'x' }], support: Number.NaN },
    ]) {
      reasoner.answerWith = () => answer as never
      await expect(memory().query('Where does Bob work?'), JSON.stringify(answer)).rejects.toMatchObject({ code: 'ADAPTER_INVALID' })
    }
  })

  it('shows its reasoner nothing that a filter leaves out', async () => {
    const { memory, reasoner } = create()
    await memory().ingest({
      documents: [
        { text: 'Bob works at Google.', tags: ['a'] },
        { text: 'Bob works at Meta.', tags: ['b'] },
      ],
    })
    await memory().query('Where does Bob work?', { where: { tags: ['b'] } })
    expect(JSON.stringify(reasoner.asked.at(-1)?.evidence)).not.toContain('Google')
    expect(reasoner.asked.at(-1)?.evidence.passages).toHaveLength(1)
    const turns = [
      { content: 'Carol likes Tea.', tags: ['a'] },
      { content: 'Carol works at Apple.', tags: ['b'] },
    ]
    await memory().ingest({ session: 's', turns })
    await memory().query('Where does Carol work?', { where: { tags: ['b'] } })
    expect(JSON.stringify(reasoner.asked.at(-1)?.evidence)).not.toContain('Tea')
  })
})

function firstId(chunks: readonly { readonly id: string }[]): string {
  return chunks[0]?.id ?? expect.fail('no chunk')
}
