import { describe, expect, it } from 'vitest'
import { signalAt } from '../../src/recall/signals.ts'
import { ask, ids, numberOf, type Tiny, tinyMemory } from './tiny-memory.ts'

const passages: readonly Tiny[] = [
  {
    id: 'film',
    title: 'Silver Harbour',
    text: 'Silver Harbour is a film of 1971. It was directed by Marta Lindqvist, while all of its many quiet scenes were edited by Paul Osei.',
  },
  { id: 'director', title: 'Marta Lindqvist', text: 'She was born in Uppsala and painted on Sundays.' },
  { id: 'editor', title: 'Paul Osei', text: 'He was born in Accra and played chess.' },
  { id: 'town', title: 'Uppsala', text: 'A town on the Fyris. Its castle stands on a hill.' },
  { id: 'diary', text: 'A diary says that Marta Lindqvist kept bees in her garden.' },
  ...Array.from(
    { length: 12 },
    (_, n): Tiny => ({ id: `noise${n}`, title: `Notes ${n}`, text: `Somebody was born and somebody directed a film, number ${n}.` }),
  ),
]

const signal = (view: ReturnType<typeof tinyMemory>, question: string, id: string, name: keyof typeof signalAt) =>
  ask(view, question).candidates.get(numberOf(view, id))?.signals[signalAt[name]] ?? 0

describe('hops', () => {
  it('reach the passage about a name that shares no word with the question', () => {
    const view = tinyMemory(passages)
    expect(ids(ask(view, 'Where was the director of Silver Harbour born?')).slice(0, 2)).toEqual(['film', 'director'])
  })

  it('follow the name that the question is after before others of the same sentence', () => {
    const view = tinyMemory(passages)
    for (const [role, wanted, other] of [
      ['directed', 'director', 'editor'],
      ['edited', 'editor', 'director'],
    ] as const) {
      const question = `Who ${role} Silver Harbour?`
      expect(signal(view, question, wanted, 'chain')).toBeGreaterThan(signal(view, question, other, 'chain'))
      expect(signal(view, question, wanted, 'lead')).toBeGreaterThan(signal(view, question, other, 'lead'))
    }
  })

  it('go two names far', () => {
    const view = tinyMemory(passages)
    expect(ids(ask(view, 'What stands on a hill in the town where the director of Silver Harbour was born?')).slice(0, 4)).toContain('town')
    expect(signal(view, 'Where was the director of Silver Harbour born?', 'town', 'chain')).toBeGreaterThan(0)
  })

  it('reach passages that speak of the name, and are about nothing', () => {
    const view = tinyMemory(passages)
    expect(signal(view, 'What did the director of Silver Harbour keep?', 'diary', 'spread')).toBeGreaterThan(0)
  })

  it('count by themselves from a passage that the question names, and from no other', () => {
    const view = tinyMemory(passages)
    const named = 'Where was the director of Silver Harbour born?'
    const unnamed = 'Who directed the film that has many quiet scenes?'
    for (const [id, way] of [
      ['director', 'seedOnly'],
      ['diary', 'seedPlace'],
    ] as const) {
      expect(signal(view, named, id, way)).toBeGreaterThan(0)
      expect(signal(view, unnamed, id, way)).toBe(0)
    }
    expect(signal(view, unnamed, 'director', 'only')).toBeGreaterThan(0)
  })

  it('count less from a passage that shares its name with others', () => {
    const two = tinyMemory([...passages, { id: 'ship', title: 'Silver Harbour (ship)', text: 'A ship that sank.' }])
    const question = 'Where was the director of Silver Harbour born?'
    expect(signal(two, question, 'director', 'seedOnly')).toBeLessThan(signal(tinyMemory(passages), question, 'director', 'seedOnly'))
  })

  it('reach passages that speak of a passage by its own name, where the question does not have the name', () => {
    const view = tinyMemory(passages)
    expect(signal(view, 'Who painted on Sundays?', 'diary', 'ownPlace')).toBeGreaterThan(0)
    expect(signal(view, 'Did Marta Lindqvist paint on Sundays?', 'diary', 'ownPlace')).toBe(0)
  })

  it('reach passages by a name that is learnt after them', () => {
    const late = [...passages.filter(({ id }) => id !== 'director'), ...passages.filter(({ id }) => id === 'director')]
    const view = tinyMemory(late)
    expect(ids(ask(view, 'Where was the director of Silver Harbour born?')).slice(0, 2)).toEqual(['film', 'director'])
  })
})
