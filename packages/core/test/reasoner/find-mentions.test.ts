import { describe, expect, it } from 'vitest'
import { findMentions } from '../../src/reasoner/find-mentions.ts'

describe('a name in a text', () => {
  it.each([
    ['Ann met Annabel and ANN', 'Ann', ['Ann']],
    ['i met ann', 'Ann', ['ann']],
    ["Ann's dog and Ann’s cat", 'Ann', ['Ann', 'Ann']],
    ['New\n York is big', 'New York', ['New\n York']],
    ['O’Brien left', "O'Brien", ['O’Brien']],
    ['C++ (not C) and .NET', 'C++', ['C++']],
    ['東京都に住む', '東京', ['東京']],
    ['Jean-Luc and --all', 'Jean-Luc', ['Jean-Luc']],
    ['Jean-Luc and --all', '--all', ['--all']],
    [String.raw`^a\b[c]{1}|/d$ stays`, String.raw`^a\b[c]{1}|/d$`, [String.raw`^a\b[c]{1}|/d$`]],
    ['(.*) is no name', '(.*)', ['(.*)']],
    ['Zoë and Zoëlle', 'Zoë', ['Zoë']],
    ['nobody', 'Ann', []],
  ])('%j has %j as whole words', (text, name, found) => {
    expect(findMentions(text, name).map(({ start, end }) => text.slice(start, end))).toEqual(found)
  })
})
