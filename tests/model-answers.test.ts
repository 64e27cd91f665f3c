import { type EntityPair, type Evidence, languageModelReasoner, type Question } from '@graphmem/core'
import { describe, expect, it } from 'vitest'
import { type Answer, scriptedModel } from './scripted-model.ts'

const question: Question = { text: 'Where does Bob work?', self: { name: 'Alice', aliases: ['Al'] }, at: Date.UTC(2024, 0) }
const bob = { entityId: 'entity-bob', name: 'Bob', aliases: ['Robert'], type: 'person', isSelf: false } as const
const evidence: Evidence = {
  passages: [
    {
      chunkId: 'chunk-a',
      text: 'Bob works at Google.',
      sentences: [{ start: 0, end: 20 }],
      kind: 'turn',
      speaker: 'self',
      at: Date.UTC(2023, 4),
      score: 2,
    },
    { chunkId: 'chunk-b', text: 'Globex hired Bob.', sentences: [{ start: 0, end: 17 }], kind: 'document', title: 'News', score: 1 },
  ],
  facts: [
    {
      factId: 'fact-a',
      subject: bob,
      predicate: 'works_at',
      object: { entityId: 'entity-google', name: 'Google', aliases: [], type: 'organisation', isSelf: false },
      valid: { from: Date.UTC(2023, 0), fromPrecision: 'year', until: Date.UTC(2025, 0), untilPrecision: 'year' },
      negated: false,
      holds: true,
      chunkId: 'chunk-a',
      span: { start: 0, end: 20 },
      at: Date.UTC(2023, 4),
      confidence: 0.9,
    },
    {
      factId: 'fact-b',
      subject: { entityId: 'entity-self', name: '', aliases: [], type: 'person', isSelf: true },
      predicate: 'likes',
      object: { value: 'tea', valueType: 'text' },
      valid: {},
      negated: true,
      holds: true,
      chunkId: 'chunk-elsewhere',
      span: { start: 0, end: 3 },
      confidence: 0.9,
    },
  ],
  named: [bob],
}

async function answered(answer: Answer, given: Evidence = evidence) {
  return languageModelReasoner(scriptedModel(() => answer)).answer(question, given)
}

describe('an answer of a model', () => {
  it('cites what it was shown, under its own ids', async () => {
    expect(await answered({ found: true, answer: ' Google ', citations: ['P1', 'f1', 'P1'], confidence: 0.9 })).toEqual({
      text: 'Google',
      citations: [{ chunkId: 'chunk-a' }, { chunkId: 'chunk-a', span: { start: 0, end: 20 }, factId: 'fact-a' }],
      support: 0.9,
    })
  })

  it('is none where nothing was found, or nothing that was shown is cited', async () => {
    for (const answer of [
      { found: false, answer: 'Google', citations: ['P1'], confidence: 0.9 },
      { found: true, answer: '', citations: ['P1'], confidence: 0.9 },
      { found: true, answer: 'Google', citations: [], confidence: 1 },
      { found: true, answer: 'Google', citations: ['P3', 'P0', 'F9', 'chunk-a', 'fact-a', 'P1; P2', ''], confidence: 1 },
    ]) {
      expect(await answered(answer)).toBeUndefined()
    }
  })

  it('has support from 0 to 1', async () => {
    for (const [confidence, support] of [
      [95, 1],
      [-1, 0],
      [null, 0.8],
    ] as const) {
      expect(await answered({ found: true, answer: 'Google', citations: ['P2'], confidence })).toMatchObject({ support })
    }
  })

  it('costs no call where there is no evidence', async () => {
    const model = scriptedModel()
    expect(await languageModelReasoner(model).answer(question, { passages: [], facts: [], named: [] })).toBeUndefined()
    expect(model.requests).toEqual([])
  })

  it('is asked for in one document with short ids, and none of the memory', async () => {
    const model = scriptedModel(() => ({ found: false, answer: '', citations: [], confidence: 0 }))
    await languageModelReasoner(model).answer(question, evidence)
    expect(model.requests).toHaveLength(1)
    expect(model.shown()).toEqual({
      question: { text: 'Where does Bob work?', user: { name: 'Alice', aliases: ['Al'] }, time: '2024-01-01T00:00:00.000Z' },
      evidence: {
        passages: [
          { id: 'P1', title: null, speaker: { is: 'the user' }, time: '2023-05-01T00:00:00.000Z', text: 'Bob works at Google.' },
          { id: 'P2', title: 'News', speaker: null, time: null, text: 'Globex hired Bob.' },
        ],
        facts: [
          {
            id: 'F1',
            subject: 'Bob',
            predicate: 'works_at',
            object: 'Google',
            negated: false,
            holds: true,
            from: '2023',
            until: '2024',
            said: '2023-05-01',
            passage: 'P1',
          },
          {
            id: 'F2',
            subject: 'the user',
            predicate: 'likes',
            object: 'tea',
            negated: true,
            holds: true,
            from: null,
            until: null,
            said: null,
            passage: null,
          },
        ],
        named: [{ name: 'Bob', aliases: ['Robert'], type: 'person' }],
      },
    })
  })
})

describe('a judgement of a model', () => {
  const described = (name: string) => ({ name, aliases: [], type: 'person', facts: [] }) as const
  const pairs: readonly EntityPair[] = ['a', 'b', 'c'].map((name) => [described(name), described(`${name}2`)])

  it('is one a pair, in order, all in one call; unsure where the model gives none', async () => {
    const model = scriptedModel(() => ({
      judgements: [
        { pair: 3, verdict: 'same', confidence: 2 },
        { pair: 1, verdict: 'different', confidence: null },
        { pair: 9, verdict: 'same', confidence: 1 },
        { pair: 1, verdict: 'same', confidence: 1 },
      ],
    }))
    expect(await languageModelReasoner(model).judge?.(pairs)).toEqual([
      { verdict: 'different', confidence: 0.5 },
      { verdict: 'unsure', confidence: 0 },
      { verdict: 'same', confidence: 1 },
    ])
    expect(model.requests).toHaveLength(1)
    expect(model.shown().pairs).toHaveLength(3)
  })

  it('costs no call for no pairs', async () => {
    const model = scriptedModel()
    expect(await languageModelReasoner(model).judge?.([])).toEqual([])
    expect(model.requests).toEqual([])
  })
})

describe('a summary of a model', () => {
  it('is of the texts, in one call', async () => {
    const model = scriptedModel(({ texts }) => ({ summary: ` ${texts.length} texts. ` }))
    expect(await languageModelReasoner(model).summarise?.(['a', 'b'])).toBe('2 texts.')
    expect(await languageModelReasoner(model).summarise?.([])).toBe('')
    expect(model.requests.map(({ schema }) => schema?.name)).toEqual(['summarise'])
  })
})
