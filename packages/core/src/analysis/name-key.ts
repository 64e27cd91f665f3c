import { fold } from './fold.ts'

/** A name in its normalised form: folded, words apart by one space. A name without a letter or digit keeps its signs; never empty for a name that is not blank. */
export function nameKey(name: string): string {
  const words = fold(name).match(/[\p{L}\p{M}\p{N}]+/gu)
  return words === null ? name.trim() : words.join(' ')
}

const articles = new Set(['the', 'a', 'an'])
const courtesies = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'professor', 'sir', 'dame'])
const men = new Set(['mr', 'sir'])
const women = new Set(['mrs', 'ms', 'miss', 'dame'])
const legalForms = new Set(['inc', 'ltd', 'llc', 'corp', 'co', 'gmbh', 'plc', 'ag'])

/** Whether courtesy titles tell that two names are of different people: "Mr Pat Smith" and "Mrs Pat Smith". */
export function areTitledApart(key: string, other: string): boolean {
  const [title = '', otherTitle = ''] = [key.split(' ')[0], other.split(' ')[0]]
  return (men.has(title) && women.has(otherTitle)) || (women.has(title) && men.has(otherTitle))
}

/** Whether numbers tell that two names are of different things: "Q3 2023" and "Q3 2024". */
export function areNumberedApart(key: string, other: string): boolean {
  return numbersOf(key) !== numbersOf(other)
}

function numbersOf(key: string): string {
  return key
    .split(' ')
    .filter((word) => /\p{N}/u.test(word))
    .sort()
    .join(' ')
}

/** The first and the last word of a person's whole name, without a courtesy title; `undefined` for a name of one word. */
export function givenAndFamilyName(key: string): { readonly given: string; readonly family: string } | undefined {
  const words = key.split(' ')
  if (courtesies.has(words[0] ?? '')) words.shift()
  const [given, family] = [words[0], words.at(-1)]
  return words.length < 2 || given === undefined || family === undefined ? undefined : { given, family }
}

/**
 * What names that may mean the same have in common: the key without an article, a legal form, or a courtesy title before at least two words.
 * All else stays, so that "Q3 2023" and "Q3 2024", "Jane Smith" and "John Smith", "Mr Smith" and "Mrs Smith", "John Smith" and "John Smith Jr"
 * never meet.
 */
export function nameBlock(key: string): string {
  const words = key.split(' ')
  if (words.length > 1 && articles.has(words[0] ?? '')) words.shift()
  if (words.length > 2 && courtesies.has(words[0] ?? '')) words.shift()
  if (words.length > 1 && legalForms.has(words.at(-1) ?? '')) words.pop()
  return words.join(' ')
}
