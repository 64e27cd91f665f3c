import { shareConcept } from './concepts.ts'
import { isKin, kinMatches } from './kin.ts'
import { sameName } from './names.ts'
import type { QuestionReading, Term } from './read-question.ts'
import type { Token } from './tokens.ts'

/** How well a word of the evidence says a word of the question: 1 for one stem, less for a near-synonym, 0 for nothing. */
function wordMatch(term: Term, token: Token): number {
  const asked = term.token
  if (
    asked.word === token.word ||
    asked.lemma === token.lemma ||
    asked.stem === token.stem ||
    asked.stem === token.lemma ||
    asked.lemma === token.stem
  )
    return 1
  if (term.kind === 'name') return sameName(asked.word, token.word) ? 1 : 0
  if (!/^(NOUN|VERB|ADJ|ADV|PROPN|AUX|ADP)$/.test(token.pos)) return 0
  if (isKin(asked.word) && isKin(token.word)) return kinMatches(asked.word, token.word) ? 0.9 : 0
  if (sharedStart(asked.word, token.word)) return 0.9
  return shareConcept(asked.lemma, token.lemma) || shareConcept(asked.word, token.word) || shareConcept(asked.lemma, token.word) ? 0.75 : 0
}

/** "allergy" and "allergic", "counsel" and "counselling": most of the longer word, and five letters at least. */
function sharedStart(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length)
  let same = 0
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++
  return same >= 5 && same / longest >= 0.6
}

/** The best match of a question's word in some words, and where. */
export function bestMatch(term: Term, tokens: readonly Token[]): { score: number; at: number } {
  let found = { score: 0, at: -1 }
  for (const [at, token] of tokens.entries()) {
    const score = wordMatch(term, token)
    if (score > found.score) found = { score, at }
  }
  return found
}

/** Where the last of the question's words stands in a clause. */
export function anchor(question: QuestionReading, words: readonly Token[]): number {
  const verb = question.terms.find((term) => term.kind === 'verb' && term.weight >= 0.6)
  const at = verb === undefined ? -1 : bestMatch(verb, words).at
  if (at >= 0) return at
  return Math.max(-1, ...question.terms.map((term) => bestMatch(term, words).at))
}
