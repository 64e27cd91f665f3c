import { describe, expect, it } from 'vitest'
import { askedType } from '../../src/answer/prose/asked-type.ts'
import { withoutNames } from '../../src/answer/prose/question-names.ts'
import { type Node, readChain } from '../../src/answer/prose/read-chain.ts'
import { proseOf } from './told.ts'

const prose = proseOf({
  'Tomorrow, Perhaps, Never (1952 film)': 'Tomorrow, Perhaps, Never is a film.',
  'Silver Harbour': 'Silver Harbour is a film of 1971.',
  'Iron Gate Station': 'Iron Gate Station is a railway station.',
})

function chainOf(question: string): { readonly text: string; readonly last: string } {
  const { text, nodes } = readChain(withoutNames(question, prose))
  const told = (node: Node | undefined): string =>
    node === undefined ? '' : 'name' in node ? node.name : `${'kind' in node ? node.kind : node.relation.id} of ${told(node.of)}`
  return { text, last: told(nodes.at(-1)) }
}

describe('the names of a question', () => {
  it('are what passages are about, whatever their letters, with commas and brackets', () => {
    expect(withoutNames('Who directed tomorrow and Tomorrow, Perhaps, Never (1952 Film)?', prose)).toEqual({
      text: 'Who directed tomorrow and #0?',
      names: ['Tomorrow, Perhaps, Never (1952 Film)'],
    })
  })

  it('are runs of words with capitals and what is in quotation marks, but no adjectives of countries, months or opening words', () => {
    expect(withoutNames('Which Danish painter of Ribe met Ada Holm in March at "The Blue Room"?', [])).toEqual({
      text: 'Which Danish painter of #0 met #1 in March at #2?',
      names: ['Ribe', 'Ada Holm', 'The Blue Room'],
    })
  })
})

describe('the chain of a question', () => {
  it('goes from a name through each relation outwards', () => {
    expect(chainOf("Where did Silver Harbour's director's father die?")).toEqual({
      text: 'Where did #2 die?',
      last: 'father of director of Silver Harbour',
    })
    expect(chainOf('What is the date of birth of the composer of the film Silver Harbour?')).toEqual({
      text: 'What is #2?',
      last: 'birthdate of composer of Silver Harbour',
    })
  })

  it('reads relations told by a verb and by a place', () => {
    expect(chainOf('Who is the wife of the person who directed Silver Harbour?').last).toBe('spouse of director of Silver Harbour')
    expect(chainOf('What is the population of the county where Iron Gate Station is located?')).toEqual({
      text: 'What is the population of #1?',
      last: 'county of Iron Gate Station',
    })
  })
})

describe('the kind that is asked for', () => {
  it.each([
    ['Who built #0?', 'person', undefined],
    ['In which year did #0 close?', 'year', undefined],
    ['When did #0 close?', 'date', undefined],
    ['How many old bridges has #0?', 'number', 'bridge'],
    ['#0 lies on a lake with a depth and a population of what?', 'number', 'population'],
    ['Which Danish football club did #0 play for?', 'name', 'club'],
    ['#0 is known for her role in what opera?', 'name', 'opera'],
    ['What kind of boat did #0 sail?', 'name', 'boat'],
    ['In what village was #0 signed?', 'place', 'village'],
    ['Which painter lived in #0?', 'person', 'painter'],
  ])('%s', (question, kind, noun) => {
    const read = askedType(question)
    expect([read.kind, read.noun]).toEqual([kind, noun])
  })
})
