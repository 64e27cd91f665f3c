import { describe, expect, it } from 'vitest'
import { signalAt } from '../../src/recall/signals.ts'
import { ask, ids, numberOf, type Tiny, tinyMemory } from './tiny-memory.ts'

const passages: readonly Tiny[] = [
  { id: 'a', title: 'Otter', text: 'The otter swims. It eats fish. Mara Holm watched it.', vector: [1, 0, 0, 0] },
  { id: 'b', title: 'Mara Holm', text: 'A biologist from Bergen.', vector: [0, 1, 0, 0] },
  { id: 'c', title: 'Bergen', text: 'A town in the west. Fish is sold there.', vector: [0, 0, 1, 0] },
  { id: 'd', text: 'Nothing of note.', vector: [0.6, 0.8, 0, 0] },
]

const scores = (view: ReturnType<typeof tinyMemory>, question: string) => {
  const result = ask(view, question, [0.6, 0.8, 0, 0])
  return ids(result).map((id, place) => [id, result.ranked[place]?.score])
}

describe('the ranking', () => {
  it('is the same to the last bit whatever the order of ingestion', () => {
    const question = 'Where is the biologist from who watched the otter?'
    const wanted = scores(tinyMemory(passages), question)
    expect(scores(tinyMemory(passages.toReversed()), question)).toEqual(wanted)
    expect(scores(tinyMemory([...passages.slice(2), ...passages.slice(0, 2)]), question)).toEqual(wanted)
  })

  it('of a moment is the same to the last bit as if what was recorded later had never been', () => {
    const later: readonly Tiny[] = [
      { id: 'e', title: 'Mara', text: 'Another otter in Bergen, and Mara Holm.', recordedAt: 9, vector: [0.6, 0.8, 0, 0] },
      { id: 'f', title: 'Mara Holm', text: 'Somebody of the same name.', recordedAt: 9 },
    ]
    for (const question of ['Where is Mara Holm from?', 'Who watched the otter?', 'otter fish Bergen']) {
      expect(scores(tinyMemory([...later, ...passages], 5), question)).toEqual(scores(tinyMemory(passages), question))
      expect(scores(tinyMemory([...later, ...passages]), question)).not.toEqual(scores(tinyMemory(passages), question))
    }
  })

  it('never has a score that grows along the list, nor one of a candidate below 1', () => {
    const { ranked } = ask(tinyMemory(passages), 'Where is the biologist from who watched the otter eat fish?')
    const found = ranked.map(({ score }) => score)
    expect(found).toEqual([...found].sort((a, b) => b - a))
    expect(Math.min(...found)).toBeGreaterThanOrEqual(1)
  })

  it('finds what only its vector is near to', () => {
    const view = tinyMemory([
      { id: 'far', text: 'It rained.', vector: [1, 0, 0, 0] },
      { id: 'near', text: 'A hound barked.', vector: [0, 1, 0, 0] },
    ])
    expect(ids(ask(view, 'dogs', [0.6, 0.8, 0, 0]))).toEqual(['near', 'far'])
    expect(ids(ask(view, 'dogs', [0, 0, 1, 0]))).toEqual([])
  })

  it('chooses what adds to the question before what repeats it', () => {
    const view = tinyMemory([
      { id: '1', text: 'Lena bought a kayak and a tent.' },
      { id: '2', text: 'Lena bought a kayak and a boat.' },
      { id: '3', text: 'Lena lost a lantern.' },
      ...Array.from({ length: 8 }, (_, n): Tiny => ({ id: `n${n}`, text: `Weather report number ${n}.` })),
    ])
    const found = ids(ask(view, 'When did Lena buy a kayak and lose a lantern?'))
    expect(found.slice(0, 2).includes('3')).toBe(true)
  })

  it('shares the weight of a name among all that bear it', () => {
    const one = tinyMemory([{ id: 'x', title: 'Juno Park', text: 'A park.' }, ...passages])
    const two = tinyMemory([
      { id: 'x', title: 'Juno Park', text: 'A park.' },
      { id: 'y', title: 'Juno Park (ship)', text: 'A ship.' },
      ...passages,
    ])
    const named = (view: ReturnType<typeof tinyMemory>) =>
      ask(view, 'Where is Juno Park?').candidates.get(numberOf(view, 'x'))?.signals[signalAt.named]
    expect(named(one)).toBe(1)
    expect(named(two)).toBe(0.5)
  })
})

describe('turns', () => {
  const turns: readonly Tiny[] = [
    { id: '0', speaker: 'Bob', text: 'Good morning to all of you.' },
    { id: '1', speaker: 'Bob', text: 'Which instrument do you play?' },
    { id: '2', speaker: 'Carol', text: 'Mostly the cello.' },
    { id: '3', speaker: 'Bob', text: 'Rain again today.' },
  ]

  it('lift the answer to a question that fits', () => {
    const view = tinyMemory(turns)
    expect(ids(ask(view, 'What instrument does she play?')).slice(0, 2)).toEqual(['1', '2'])
    const answer = ask(view, 'What instrument does she play?').candidates.get(numberOf(view, '2'))?.signals[signalAt.answers]
    expect(answer).toBe(1)
  })

  it('count the month and the year that a question asks for', () => {
    const dated = turns.map((turn, month) => ({ ...turn, at: Date.UTC(2023, month + 3, 2) }))
    const view = tinyMemory(dated)
    const date = (id: string) => ask(view, 'Was there rain in June 2023?').candidates.get(numberOf(view, id))?.signals[signalAt.date] ?? 0
    expect(date('2')).toBe(1)
    expect(date('3')).toBe(0.5)
  })
})
