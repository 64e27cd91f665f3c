import { describe, expect, it } from 'vitest'
import { englishAnalyzer } from '../../src/analysis/english-analyzer.ts'
import { readRecallQuestion } from '../../src/recall/recall-question.ts'
import { numberOf, type Tiny, tinyMemory } from './tiny-memory.ts'

const namesOf = (passages: readonly Tiny[], id: string) => {
  const { passages: view, ...rest } = tinyMemory(passages)
  return view.names(numberOf({ passages: view, ...rest }, id)).map(({ name }) => view.name(name).text)
}

describe('names in a passage', () => {
  it('are the longest that a passage is about, then runs of capitals, which punctuation ends', () => {
    const passages: readonly Tiny[] = [
      { id: 'x', text: 'It opened in New York City, near Anna Berg, Oslo and the Bank of Norway.' },
      { id: 'a', title: 'New York', text: 'A state.' },
      { id: 'b', title: 'New York City', text: 'A town.' },
    ]
    expect(namesOf(passages, 'x')).toEqual(['new york city', 'anna berg', 'oslo', 'bank of norway'])
  })

  it('of two parts are each part as well', () => {
    const passages: readonly Tiny[] = [
      { id: 'x', text: 'He lived in Paris, Texas for years.' },
      { id: 'a', title: 'Paris, Texas', text: 'A town.' },
    ]
    expect(namesOf(passages, 'x')).toEqual(['paris texas', 'paris', 'texas'])
  })

  it('leave out a word that only begins the sentence, and known names that are not written like names', () => {
    const passages: readonly Tiny[] = [
      { id: 'x', text: 'Yesterday they saw a rush of water.' },
      { id: 'a', title: 'Rush', text: 'A band.' },
    ]
    expect(namesOf(passages, 'x')).toEqual([])
  })

  it('in a question are known in lower case from three words on', () => {
    const view = tinyMemory([{ id: 'a', title: 'The Old Grey Whale', text: 'A book.' }])
    const asked = (text: string) => readRecallQuestion(text, view, englishAnalyzer).names.map(({ text: name }) => name)
    expect(asked('who wrote the old grey whale?')).toEqual(['the old grey whale'])
    expect(asked('who saw an old whale?')).toEqual([])
  })

  it('may be of words without content, where a passage is about them and they are written like a name', () => {
    const view = tinyMemory([{ id: 'a', title: "It'll Be Me", text: 'A song.' }])
    const asked = (text: string) => readRecallQuestion(text, view, englishAnalyzer).names.map(({ text: name }) => name)
    expect(asked("Who sang It'll Be Me?")).toEqual(['it ll be me'])
    expect(asked("Maybe it'll be me?")).toEqual([])
    expect(asked('Who saw How To?')).toEqual([])
  })
})
