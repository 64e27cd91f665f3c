import { describe, expect, it } from 'vitest'
import { answerPrompt } from '../../src/reasoner/prompts/answer.ts'
import { extractPrompt } from '../../src/reasoner/prompts/extract.ts'
import { judgePrompt } from '../../src/reasoner/prompts/judge.ts'
import { readForm } from '../../src/reasoner/read-form.ts'

const fact = { subject: 'Bob', predicate: 'likes', object: 'tea', kind: 'text', sentence: 1 }

function extracted(document: unknown): unknown {
  return readForm(JSON.stringify(document), extractPrompt)
}

describe('an answer', () => {
  it('may leave out what may be missing, and write numbers and truths as strings', () => {
    expect(
      extracted({
        entities: [{ name: 'Bob', type: 'Person' }],
        facts: [{ ...fact, sentence: '1', confidence: '0.5', negated: 'True', from: 2018 }],
      }),
    ).toEqual({
      value: {
        entities: [{ name: 'Bob', aliases: [], type: 'person', of: null, distinction: null }],
        facts: [{ ...fact, from: '2018', until: null, negated: true, exclusive: false, confidence: 0.5 }],
        resolved: [],
        contradicted: [],
      },
    })
  })

  it('has no confidence where it gives no number for one', () => {
    expect(extracted({ entities: [], facts: [{ ...fact, confidence: 'high' }] })).toMatchObject({
      value: { facts: [{ confidence: null }] },
    })
  })

  it('has an unknown type as other, and may spell it otherwise', () => {
    const types = ['Organization', 'company', ' PLACE '].map((type) => ({ name: 'X', type }))
    expect(extracted({ entities: types })).toMatchObject({
      value: { entities: [{ type: 'organisation' }, { type: 'other' }, { type: 'place' }] },
    })
  })

  it('loses fields that were not asked for', () => {
    expect(
      JSON.stringify(extracted({ entities: [], userId: 'bob', facts: [{ ...fact, userId: 'bob', __proto__: { admin: true } }] })),
    ).not.toMatch(/bob|admin/)
  })

  it('loses single entries that are of no use, and not the others', () => {
    expect(extracted({ entities: ['Bob', { name: 'Bob', type: 'person' }], facts: [fact, { subject: 'Bob' }, null] })).toMatchObject({
      value: { entities: [{ name: 'Bob' }], facts: [fact] },
    })
  })

  it.each([
    ['an object that has nothing of what was asked for', { names: [] }, ''],
    ['a list without one entry of use', { entities: [{ title: 'Bob' }], facts: [] }, 'entities.0.name'],
    ['a list that is none', { entities: 'Bob, Alice', facts: [] }, 'entities'],
    ['another list', [], ''],
  ])('is refused as %s, with the field and no value', (_, document, field) => {
    const read = extracted(document) as { problems: { field: string; problem: string }[] }
    expect(read.problems.map((problem) => problem.field)).toContain(field)
    expect(JSON.stringify(read)).not.toMatch(/Bob|Alice/)
  })

  it('may be the list alone where nothing but a list was asked for', () => {
    expect(readForm('[{"pair":1,"verdict":"SAME"}]', judgePrompt)).toEqual({
      value: { judgements: [{ pair: 1, verdict: 'same', confidence: null }] },
    })
    expect(readForm('["P1"]', answerPrompt)).toHaveProperty('problems')
  })
})
