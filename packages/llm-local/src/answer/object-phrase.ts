import { short } from './candidate.ts'
import { bestMatch } from './match.ts'
import type { Phrase } from './phrase.ts'
import type { QuestionReading } from './read-question.ts'
import type { Statement } from './statements.ts'
import type { Token } from './tokens.ts'

/** What stands after the verb asked about, or after the "is" of the thing asked about. */
export function objectOf(question: QuestionReading, statement: Statement): Phrase | undefined {
  const { tokens: words, passage } = statement
  const after = (term: { token: Token }): Token | undefined => question.tokens[question.tokens.indexOf(term.token) + 1]
  const verb = question.terms
    .filter((term) => term.kind === 'verb' || (term.token.pos === 'ADJ' && !['NOUN', 'PROPN'].includes(after(term)?.pos ?? '')))
    .sort((a, b) => b.weight - a.weight)[0]
  const found = verb === undefined ? undefined : bestMatch(verb, words)
  let from = -1
  if (verb !== undefined && found !== undefined && found.score >= 0.75 && found.at >= 0) from = found.at + 1
  else {
    const noun = question.terms.find((term) => term.kind === 'noun')
    const at = noun === undefined ? -1 : bestMatch(noun, words).at
    const be = words.findIndex((token, place) => place > at && (token.lemma === 'be' || token.word === "'s"))
    if (at >= 0 && be > at && be - at < 5) from = be + 1
  }
  if (from < 0) return undefined
  while (['ADV', 'PART', 'ADP'].includes(words[from]?.pos ?? '') || ["n't", 'to', 'up'].includes(words[from]?.word ?? '')) from++
  const until = objectEnd(words, from)
  const [first, last] = [words[from], words[until - 1]]
  if (first === undefined || last === undefined || until <= from) return undefined
  const text = short(passage.text.slice(first.start, last.end).replace(/^(?:a|an|my|our|his|her|their)\s+/i, ''))
  return /^(?:it|that|this|them|so|him|her|one|me|you)$/i.test(text) ? undefined : { text, fit: 1 }
}

function objectEnd(words: readonly Token[], from: number): number {
  let hasNoun = false
  for (let place = from; place < words.length; place++) {
    const token = words[place]
    if (token === undefined) break
    if (
      hasNoun &&
      ((token.pos === 'ADP' && token.word !== 'of') ||
        token.pos === 'SCONJ' ||
        token.pos === 'AUX' ||
        (token.pos === 'PRON' && !/^(my|our|his|her|their)$/.test(token.word)))
    )
      return place
    if (hasNoun && token.pos === 'ADV') return place
    hasNoun ||= ['NOUN', 'PROPN', 'NUM'].includes(token.pos) || /ing$/.test(token.word)
  }
  return words.length
}
