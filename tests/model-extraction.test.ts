import { type Extraction, GraphMemError, languageModelReasoner, type Passage, type TextSpan } from '@graphmem/core'
import { describe, expect, it } from 'vitest'
import { entity, fact } from './answered-items.ts'
import { rejection } from './rejection.ts'
import { type Answer, scriptedModel } from './scripted-model.ts'

const at = Date.UTC(2024, 7, 14, 12)

/** What is made of an answer to a passage that the user says. */
async function read(text: string, answer: Answer, passage: Partial<Passage> = {}): Promise<Extraction> {
  return languageModelReasoner(scriptedModel(() => answer)).extract({
    text,
    kind: 'turn',
    speaker: 'self',
    self: { name: 'Alice', aliases: [] },
    at,
    ...passage,
  })
}

const written = (text: string, spans: readonly TextSpan[]) => spans.map(({ start, end }) => text.slice(start, end))

describe('what a model reads in a passage', () => {
  it('is found in the text: names as whole words, the speaker by what they say, facts by their sentence', async () => {
    const text = 'I met Ann. Annabel and Ann work at Globex.'
    const { names, facts } = await read(text, {
      entities: [entity('I'), entity('Ann'), entity('Annabel'), entity('Globex', 'organisation')],
      facts: [fact('I', 'met', 'Ann'), fact('Annabel', 'works_at', 'Globex', 'entity', { sentence: 2 })],
    })
    expect(names.map(({ name, type, mentions }) => [name, type, written(text, mentions)])).toEqual([
      [{ role: 'self' }, 'person', ['I']],
      ['Ann', 'person', ['Ann', 'Ann']],
      ['Annabel', 'person', ['Annabel']],
      ['Globex', 'organisation', ['Globex']],
    ])
    expect(
      facts.map(({ subject, predicate, object, exclusive, span }) => [
        subject,
        predicate,
        object,
        exclusive,
        text.slice(span.start, span.end),
      ]),
    ).toEqual([
      [0, 'met', { name: 1 }, false, 'I met Ann.'],
      [2, 'works_at', { name: 3 }, true, 'Annabel and Ann work at Globex.'],
    ])
  })

  it('is nothing that the text does not name, no pronoun, and no part of a longer name', async () => {
    const { names, facts } = await read('She said that Linh Chen left.', {
      entities: [entity('She'), entity('Linh Chen'), entity('Chen'), entity('Robert')],
      facts: [
        fact('Robert', 'left', 'home', 'text'),
        fact('Linh Chen', 'left', 'Robert'),
        fact('Linh Chen', 'left', 'x', 'text', { sentence: 9 }),
        fact('Linh Chen', '--', 'x', 'text'),
      ],
    })
    expect(names.map(({ name }) => name)).toEqual(['Linh Chen'])
    expect(facts).toEqual([])
  })

  it('has the title without a place in the text', async () => {
    const { names } = await read(
      'It was founded in 1950.',
      { entities: [entity('Globex', 'organisation')], facts: [] },
      { kind: 'document', title: 'Globex (company)' },
    )
    expect(names).toEqual([{ name: 'Globex', type: 'organisation', mentions: [] }])
  })

  it('joins aliases that the text has, and takes one of them where it has not the name', async () => {
    const { names, same, facts } = await read('Robert, known as Bob, and Peggy met.', {
      entities: [entity('Robert', 'person', { aliases: ['Bob', 'Rob'] }), entity('Margaret', 'person', { aliases: ['Peggy'] })],
      facts: [fact('Rob', 'met', 'Margaret')],
    })
    expect(names.map(({ name }) => name)).toEqual(['Robert', 'Bob', 'Peggy'])
    expect(same).toEqual([{ a: 0, b: 1, confidence: 0.9 }])
    expect(facts.map(({ subject, object }) => [subject, object])).toEqual([[0, { name: 2 }]])
  })

  it('takes the user by name, pronoun or role for the one who speaks, and nobody in a document', async () => {
    const answer = {
      entities: [],
      facts: [fact('Alice', 'likes', 'tea', 'text'), fact('the user', 'likes', 'milk', 'text'), fact('my', 'likes', 'rum', 'text')],
    }
    const { names, facts } = await read('I like tea, milk and rum; my favourites.', answer)
    expect(names).toMatchObject([{ name: { role: 'self' }, mentions: [{ start: 0 }, { start: 26 }] }])
    expect(facts.map(({ subject }) => subject)).toEqual([0, 0, 0])
    expect(await read('I like tea, milk and rum; my favourites.', answer, { kind: 'document', speaker: undefined as never })).toMatchObject(
      { names: [], facts: [] },
    )
  })

  it('takes whoever else speaks for themselves, with or without a name', async () => {
    for (const [name, subject] of [
      ['Bob', 'Bob'],
      ['', 'I'],
    ] as const) {
      const { names } = await read('I like tea.', { entities: [], facts: [fact(subject, 'likes', 'tea', 'text')] }, { speaker: { name } })
      expect(names).toEqual([{ name: { role: 'speaker' }, type: 'person', mentions: [{ start: 0, end: 1 }] }])
    }
  })

  it('has somebody known by what they are to another after that other, and what tells two of one name apart', async () => {
    const { names, facts } = await read('My sister saw John Smith the footballer and John Smith the poet.', {
      entities: [
        entity('sister', 'person', { of: 'I' }),
        entity('ghost', 'person', { of: 'Nobody' }),
        entity('John Smith', 'person', { distinction: 'footballer' }),
        entity('John Smith', 'person', { distinction: 'poet' }),
        entity('John Smith', 'person', { distinction: 'spy' }),
      ],
      facts: [fact('sister', 'saw', 'John Smith (poet)')],
    })
    expect(names.map(({ name, of, discriminator }) => [name, of, discriminator])).toEqual([
      ['John Smith', undefined, 'footballer'],
      ['John Smith', undefined, 'poet'],
      ['John Smith', undefined, undefined],
      [{ role: 'self' }, undefined, undefined],
      ['sister', 3, undefined],
    ])
    expect(facts).toMatchObject([{ subject: 4, object: { name: 1 } }])
  })

  it('has times as exactly as they were said, and values of their kind', async () => {
    const { facts } = await read('Ann lived in Rome from March 2018 through 2020, for 900 euros, happily.', {
      entities: [entity('Ann'), entity('Rome', 'place')],
      facts: [
        fact('Ann', 'Lives in', 'Rome', 'entity', { from: '2018-03', until: '2020', negated: true, confidence: 7 }),
        fact('Ann', 'paid', ' 900 euros ', 'quantity', { from: 'long ago', confidence: null }),
        fact('Ann', 'mood', 'happy', 'feeling'),
        fact('Ann', 'likes', 'Rome', 'text'),
        fact('Ann', 'likes', ' ', 'text'),
      ],
    })
    expect(facts.map(({ predicate, object, valid, negated, confidence }) => [predicate, object, valid, negated, confidence])).toEqual([
      [
        'lives_in',
        { name: 1 },
        { from: Date.UTC(2018, 2), fromPrecision: 'month', until: Date.UTC(2021, 0), untilPrecision: 'year' },
        true,
        1,
      ],
      ['paid', { value: '900 euros', valueType: 'quantity' }, {}, false, 0.8],
      ['mood', { value: 'happy', valueType: 'text' }, {}, false, 0.9],
      ['likes', { name: 1 }, {}, false, 0.9],
    ])
  })

  it('has one answer to whether a predicate is exclusive', async () => {
    const { facts } = await read('Ann drives Red and Blue and lives in Rome.', {
      entities: ['Ann', 'Red', 'Blue', 'Rome'].map((name) => entity(name)),
      facts: [fact('Ann', 'drives', 'Red', 'entity', { exclusive: true }), fact('Ann', 'drives', 'Blue'), fact('Ann', 'lives_in', 'Rome')],
    })
    expect(facts.map(({ exclusive }) => exclusive)).toEqual([false, false, true])
  })

  const known = {
    entities: [
      { name: 'Linh Chen', aliases: ['Linh'], type: 'person', facts: [] },
      { name: 'Berlin', aliases: [], type: 'place', facts: [] },
    ],
    facts: [{ subject: 0, predicate: 'lives_in', object: 'Berlin', valid: { from: Date.UTC(2018, 0), fromPrecision: 'year' } }],
  } as const

  it('refers to what is known by short ids, and to nothing else', async () => {
    const { resolved, contradicted } = await read(
      'Dr. Chen moved. It was in May.',
      {
        entities: [entity('Dr. Chen')],
        facts: [],
        resolved: [
          { name: 'Dr. Chen', known: 'e1', confidence: 0.95 },
          { name: 'Dr. Chen', known: 'E3', confidence: 1 },
          { name: 'Linh Chen', known: 'E1', confidence: 1 },
        ],
        contradicted: [
          { fact: 'F1', sentence: 2, since: '2024-05', confidence: 0.9 },
          { fact: 'F2', sentence: 1, since: null, confidence: 1 },
          { fact: 'F1', sentence: 3, since: null, confidence: 1 },
          { fact: 'fact', sentence: 1, since: null, confidence: 1 },
        ],
      },
      { known },
    )
    expect(resolved).toEqual([{ name: 0, entity: 0, confidence: 0.95 }])
    expect(contradicted).toEqual([
      { fact: 0, span: { start: 16, end: 30 }, valid: { from: Date.UTC(2024, 4), fromPrecision: 'month' }, confidence: 0.9 },
    ])
  })

  it('is no value that only what is known has', async () => {
    const { facts } = await read(
      'Dr. Chen moved.',
      { entities: [entity('Dr. Chen')], facts: [fact('Dr. Chen', 'lives_in', 'Berlin', 'text'), fact('Dr. Chen', 'mood', 'good', 'text')] },
      { known },
    )
    expect(facts.map(({ object }) => object)).toEqual([{ value: 'good', valueType: 'text' }])
  })

  it('is read beside what is known only where that is wanted', async () => {
    const passage: Passage = { text: 'Dr. Chen moved.', kind: 'turn', speaker: 'self', self: { aliases: [] }, known }
    const model = scriptedModel(() => ({
      entities: [entity('Dr. Chen')],
      facts: [],
      resolved: [{ name: 'Dr. Chen', known: 'E1', confidence: 1 }],
    }))
    const [seeing, blind] = [languageModelReasoner(model), languageModelReasoner(model, { readsKnown: false })]
    expect([seeing.readsKnown, blind.readsKnown]).toEqual([true, false])
    expect(seeing.id).not.toBe(blind.id)
    expect((await seeing.extract(passage)).resolved).toHaveLength(1)
    expect(model.shown().known).toEqual({
      entities: [
        { id: 'E1', name: 'Linh Chen', aliases: ['Linh'], type: 'person' },
        { id: 'E2', name: 'Berlin', aliases: [], type: 'place' },
      ],
      facts: [{ id: 'F1', subject: 'E1', predicate: 'lives_in', object: 'Berlin', from: '2018', until: null }],
    })
    expect((await blind.extract(passage)).resolved).toEqual([])
    expect(model.shown().known).toEqual({ entities: [], facts: [] })
  })
})

describe('the calls of an extraction', () => {
  const passage: Passage = { text: 'I met Ann.', kind: 'turn', speaker: 'self', self: { name: 'Alice', aliases: [] }, at }
  const good = { entities: [entity('Ann')], facts: [] }

  it('are one, of a size that is known before', async () => {
    const model = scriptedModel(() => good)
    const reasoner = languageModelReasoner(model)
    const size = reasoner.extractionOf?.(passage)
    expect(model.requests).toEqual([])
    await reasoner.extract(passage)
    expect(model.requests).toHaveLength(1)
    expect(model.requests[0]).toMatchObject({ schema: { name: 'extract' }, maxOutputTokens: 4_096, messages: [{ role: 'user' }] })
    expect(size).toMatchObject({ maxOutputTokens: 4_096 })
    const bytes = JSON.stringify(model.requests[0]).length
    expect(size?.inputTokens).toBeGreaterThan(bytes / 5)
    expect(size?.inputTokens).toBeLessThan(bytes / 2)
    expect(size?.outputTokens).toBeLessThan(size?.maxOutputTokens ?? 0)
    expect(model.shown()).toMatchObject({
      passage: {
        kind: 'turn',
        title: null,
        speaker: { is: 'the user' },
        time: '2024-08-14T12:00:00.000Z',
        sentences: [{ number: 1, text: 'I met Ann.' }],
      },
      user: { name: 'Alice', aliases: [] },
    })
  })

  it('are two where the first answer is of no use, the second with what is wrong by its field', async () => {
    const model = scriptedModel(({ problems }) => (problems === undefined ? { entities: 'Ann', facts: [] } : good))
    expect((await languageModelReasoner(model).extract(passage)).names).toHaveLength(1)
    expect(model.requests.map(({ messages }) => messages.map(({ role }) => role))).toEqual([['user'], ['user', 'assistant', 'user']])
    expect(model.requests[1]?.system).toBe(model.requests[0]?.system)
    expect(model.shown()).toEqual({ problems: [{ field: 'entities', problem: 'is missing, or not of the form' }] })
  })

  it.each([
    ['nothing', ''],
    ['prose', 'I cannot help with that, Ann.'],
    ['another object', { name: 'Ann' }],
    ['half a document', '{"entities": [{"name": "Ann", "aliases": [], "type": "person"'],
  ])('are no more than two, and then an error without what was answered: %s', async (_, answer) => {
    const model = scriptedModel(() => answer)
    const error = await rejection(languageModelReasoner(model).extract(passage))
    expect(error).toMatchObject({ code: 'MODEL_ANSWER_INVALID', retryable: false })
    expect(error.message).not.toContain('Ann')
    expect(model.requests).toHaveLength(2)
    expect(model.requests[1]?.messages.every(({ content }) => content !== '')).toBe(true)
  })

  it('are one where the answer was cut off: half an extraction is none, even if it parses', async () => {
    const model = scriptedModel(() => ({ generation: { text: JSON.stringify(good), finish: 'length' } }))
    const error = await rejection(languageModelReasoner(model, { maxOutputTokens: { extract: 50 } }).extract(passage))
    expect(error).toMatchObject({ code: 'MODEL_ANSWER_INVALID', field: 'maxOutputTokens.extract' })
    expect(error.message).toContain('maxOutputTokens.extract')
    expect(model.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([50])
  })

  it('are one where the model would not answer', async () => {
    const model = scriptedModel(() => ({ generation: { text: 'No.', finish: 'refused' } }))
    expect(await rejection(languageModelReasoner(model).extract(passage))).toMatchObject({ code: 'MODEL_REFUSED' })
    expect(model.requests).toHaveLength(1)
  })

  it('are made again without the form for a server that does not take it', async () => {
    let refused = 0
    const model = scriptedModel(() => {
      if (refused++ > 0) return good
      throw new GraphMemError({ code: 'MODEL_SCHEMA_REFUSED', message: 'Without, from now on.', retryable: true })
    })
    expect((await languageModelReasoner(model).extract(passage)).names).toHaveLength(1)
    expect(model.requests).toHaveLength(2)
  })

  it('go through the calls that are given, each with what it is for', async () => {
    const purposes: string[] = []
    const model = scriptedModel(() => ({ name: 'Ann' }))
    const calls = {
      generate: (given: typeof model, request: Parameters<typeof model.generate>[0], { purpose, ...options }: { purpose: string }) => {
        purposes.push(purpose)
        return given.generate(request, options)
      },
      embed: () => Promise.reject(new Error('Nothing is embedded.')),
    }
    await rejection(languageModelReasoner(model).extract(passage, { calls: calls as never }))
    expect(purposes).toEqual(['extract', 'repair'])
  })

  it('are none once they are aborted, and reject with the reason', async () => {
    const model = scriptedModel(() => good)
    const reason = new Error('enough')
    await expect(languageModelReasoner(model).extract(passage, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(model.requests).toEqual([])
  })

  it('refuse options that are none, by name', () => {
    for (const [options, field] of [
      [{ maxOutputTokens: { extract: 0 } }, 'maxOutputTokens.extract'],
      [{ maxOutputTokens: { answer: 1.5 } }, 'maxOutputTokens.answer'],
      [{ readsKnown: 'yes' }, 'readsKnown'],
      [{ temperature: 1 }, 'options'],
    ] as const) {
      expect(() => languageModelReasoner(scriptedModel(), options as never)).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID', field }),
      )
    }
  })
})
