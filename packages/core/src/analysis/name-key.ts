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
