import { languageModelReasoner, type Memory } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { describe, expect, it } from 'vitest'
import { entity, fact } from './answered-items.ts'
import { type Setting, settingOf } from './on-every-store.ts'
import { type ScriptedModel, type Shown, scriptedModel } from './scripted-model.ts'

/** What the double has read of each text. */
const readings: Readonly<Record<string, (shown: Shown) => object>> = {
  'I live in Berlin since 2019.': () => ({
    entities: [entity('Berlin', 'place')],
    facts: [fact('I', 'lives_in', 'Berlin', 'entity', { from: '2019' })],
  }),
  'I packed up in May and moved to Lisbon.': ({ known }) => ({
    entities: [entity('Lisbon', 'place')],
    facts: [fact('I', 'move_to', 'Lisbon', 'entity', { from: '2023-05' })],
    contradicted: known.facts
      .filter(({ predicate, object }) => predicate === 'lives_in' && object === 'Berlin')
      .map(({ id }) => ({ fact: id, sentence: 1, since: '2023-05', confidence: 0.95 })),
  }),
  'Linh Chen is my doctor.': () => ({ entities: [entity('Linh Chen')], facts: [fact('I', 'doctor', 'Linh Chen')] }),
  'Dr. Chen is on holiday.': ({ known }) => ({
    entities: [entity('Dr. Chen')],
    facts: [fact('Dr. Chen', 'is_on', 'holiday', 'text')],
    resolved: known.entities.filter(({ name }) => name === 'Linh Chen').map(({ id }) => ({ name: 'Dr. Chen', known: id, confidence: 0.9 })),
  }),
  'I work at Google as a senior engineer': () => ({
    entities: [entity('Google', 'organisation')],
    facts: [fact('I', 'works_at', 'Google'), fact('I', 'job_title', 'senior engineer', 'text')],
  }),
  "I'm a doctor at Mayo Clinic": () => ({
    entities: [entity('Mayo Clinic', 'organisation')],
    facts: [fact('I', 'job_title', 'doctor', 'text'), fact('I', 'works_at', 'Mayo Clinic')],
  }),
}

/** It answers by the facts that it is shown. */
function answer({ question, evidence }: Shown): object {
  const predicate = /job|do\?/.test(question.text) ? 'job_title' : 'works_at'
  const { name } = question.user as { readonly name: string }
  const who = /\b(?:I|my)\b/.test(question.text) ? name : evidence.named[0]?.name
  const found = evidence.facts.find((shown) => shown.predicate === predicate && shown.holds && shown.subject === who)
  if (found === undefined) return { found: false, answer: '', citations: [], confidence: 0 }
  return { found: true, answer: found.object, citations: [found.id], confidence: 0.9 }
}

function setting(): Setting & { readonly model: ScriptedModel } {
  const model = scriptedModel((shown, { schema }) => {
    if (schema?.name === 'answer') return answer(shown)
    if (shown.problems !== undefined) return 'I still cannot read this.'
    const text = shown.passage.sentences.map((sentence) => sentence.text).join(' ')
    return readings[text]?.(shown) ?? 'I cannot read this.'
  })
  return { ...settingOf(memoryStore(), { reasoner: languageModelReasoner(model) }), model }
}

async function lives(memory: Memory, asOf: string): Promise<readonly string[]> {
  return (await memory.facts({ predicate: 'lives_in', asOf })).map(({ object }) => ('name' in object ? object.name : object.value))
}

describe('a memory with a language model', () => {
  it('closes what the model says is contradicted, from when the passage says, and keeps why', async () => {
    const { memory, model } = setting()
    const alice = memory({ self: { name: 'Alice' } })
    await alice.ingest({ text: 'I live in Berlin since 2019.', at: '2020-01-01' })
    await alice.ingest({ text: 'I packed up in May and moved to Lisbon.', at: '2023-06-01' })
    expect(model.requests).toHaveLength(2)
    expect([await lives(alice, '2023-04-30'), await lives(alice, '2023-05-01')]).toEqual([['Berlin'], []])
    const [closed] = await alice.facts({ predicate: 'lives_in', history: true })
    const [, moved] = await alice.episodes()
    expect(closed).toMatchObject({
      validUntil: { date: new Date('2023-05-01'), precision: 'month' },
      contradictedBy: { episodeId: moved?.id, start: 0 },
    })
  })

  it('joins whom the model resolves to whom it was told of', async () => {
    const { memory } = setting()
    const alice = memory({ self: { name: 'Alice' } })
    await alice.ingest('Linh Chen is my doctor.')
    await alice.ingest('Dr. Chen is on holiday.')
    const [chen] = await alice.entities({ named: 'Linh Chen' })
    expect([chen?.name, ...(chen?.aliases ?? [])].sort()).toEqual(['Dr. Chen', 'Linh Chen'])
    expect((await alice.facts({ about: 'Linh Chen' })).map(({ predicate }) => predicate).sort()).toEqual(['doctor', 'is_on'])
    await alice.correct({ verdict: 'retract', decisionIds: chen?.decisionIds ?? [] })
    expect((await alice.facts({ about: 'Linh Chen' })).map(({ predicate }) => predicate)).toEqual(['doctor'])
  })

  it('calls the model once a chunk, and not again for what it has', async () => {
    const { memory, model } = setting()
    const documents = Object.keys(readings).map((text, index) => ({ id: `${index}`, text, title: 'Notes' }))
    expect(await memory().ingest({ documents })).toMatchObject({ chunks: documents.length, failed: 0 })
    expect(model.requests).toHaveLength(documents.length)
    await memory().ingest({ documents })
    expect(model.requests).toHaveLength(documents.length)
  })

  it('reports a chunk that the model cannot be read in as failed, and writes the others', async () => {
    const { memory, model } = setting()
    const turns = ['Linh Chen is my doctor.', 'Garbled.', 'I live in Berlin since 2019.'].map((content, sequence) => ({
      content,
      sequence,
    }))
    const result = await memory().ingest({ session: 's', turns })
    expect(result).toMatchObject({ added: 2, failed: 1, chunks: 2 })
    expect(result.episodes[1]?.failures).toMatchObject([{ code: 'MODEL_ANSWER_INVALID' }])
    expect(result.episodes[1]?.failures[0]?.message).not.toContain('Garbled')
    expect(model.requests).toHaveLength(4)
  })

  it('tells the story of Alice and Bob: each is answered from their own memory, with citations, and neither learns of the other', async () => {
    const { memory, model } = setting()
    const alice = memory({ userId: 'alice', self: { name: 'Alice' } })
    const bob = memory({ userId: 'bob', self: { name: 'Bob' } })
    await alice.ingest('I work at Google as a senior engineer')
    await bob.ingest("I'm a doctor at Mayo Clinic")
    expect(model.requests).toHaveLength(2)
    for (const [who, question, answered] of [
      [alice, 'Where do I work?', 'Google'],
      [alice, 'Where does Alice work?', 'Google'],
      [alice, 'What is my job?', 'senior engineer'],
      [alice, 'What does Bob do?', 'No information found'],
      [bob, 'What does Bob do?', 'doctor'],
      [bob, 'Where do I work?', 'Mayo Clinic'],
      [bob, 'Where does Alice work?', 'No information found'],
    ] as const) {
      const result = await who.query(question)
      expect([question, result.answer]).toEqual([question, answered])
      expect(result.citations).toHaveLength(result.found ? 1 : 0)
      expect(result.citations.every(({ text, factId }) => factId !== undefined && text.startsWith('I'))).toBe(true)
    }
    const shown = (place: number) => JSON.stringify(model.shown(place))
    for (const place of model.requests.keys()) expect(/Google/.test(shown(place)) && /Mayo/.test(shown(place))).toBe(false)
    await alice.erase()
    expect((await alice.query('Where do I work?')).found).toBe(false)
    expect((await bob.query('Where do I work?')).answer).toBe('Mayo Clinic')
  })
})
