import { describe, expect, it } from 'vitest'
import { lifeOf, workDate } from '../../src/answer/prose/dated.ts'
import { momentsIn } from '../../src/answer/prose/moments.ts'
import type { Prose } from '../../src/answer/prose/prose.ts'
import { spansIn } from '../../src/answer/prose/spans.ts'
import { proseOf } from './told.ts'

function about(text: string): Prose {
  const [prose] = proseOf({ 'Somebody or Something': text })
  if (prose === undefined) throw new Error('no prose')
  return prose
}

function life(text: string): readonly (string | undefined)[] {
  const { born, died } = lifeOf(about(text))
  return [born?.moment.text, died?.moment.text]
}

describe('dates in prose', () => {
  it('are days, months and years, in the order of time', () => {
    const moments = momentsIn('On 3 May 1950, in May 1950, on June 1, 1950 and about 950')
    expect(moments.map(({ text }) => text)).toEqual(['3 May 1950', 'May 1950', 'June 1, 1950', '950'])
    const orders = moments.map(({ order }) => order)
    expect(orders[1]).toBeLessThan(orders[0] ?? 0)
    expect(orders[0]).toBeLessThan(orders[2] ?? 0)
  })

  it('are no parts of greater numbers', () => {
    expect(momentsIn('It has 2,913,123 inhabitants and 12,345 cows.')).toEqual([])
  })

  it('say when somebody was born and died', () => {
    expect(life('Ada Holm (3 May 1901 – 1 June 1974) was a painter.')).toEqual(['3 May 1901', '1 June 1974'])
    expect(life('Ada Holm (born May 3, 1901) is a painter.')).toEqual(['May 3, 1901', undefined])
    expect(life('Ada Holm was a painter. She was born in Ribe in 1901 and died there in 1974.')).toEqual(['1901', '1974'])
    expect(life('Ada Holm painted from 1920 to 1960.')).toEqual([undefined, undefined])
  })

  it('say when a work came out and a house began, before any other year', () => {
    expect(workDate(about('It is a 1971 film about the war of 1864. It was shown again in 1990.'), false)?.moment.text).toBe('1971')
    expect(workDate(about('The mill burnt in 1801. The museum was founded in 1920.'), true)?.moment.text).toBe('1920')
  })
})

describe('what may be an answer in a sentence', () => {
  const kinds = (text: string) => spansIn(text, false).map(({ text: span, kind }) => `${span}: ${kind}`)

  it('are names with what they name, dates and numbers with their units', () => {
    expect(kinds('In 1920 the painter Ada Holm left the University of Turku for Lake Vesi with 12 students.')).toEqual([
      '1920: year',
      'Ada Holm: person',
      'University of Turku: organisation',
      'Lake Vesi: place',
      '12: number',
      '12 students: number',
    ])
  })

  it('are phrases too, where these are wanted', () => {
    expect(spansIn('She studied at a small art school.', true).map(({ text }) => text)).toContain('small art school')
    expect(spansIn('She studied at a small art school.', false)).toEqual([])
  })

  it('are read in little time from a text of nothing but names, hyphens or brackets', () => {
    for (const word of ['Duke IV ', 'A-B-', 'and directed ', '(1900 ']) expect(spansIn(word.repeat(200), true)).toBeDefined()
  })
})
