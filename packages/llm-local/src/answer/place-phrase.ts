import { short } from './candidate.ts'
import { anchor } from './match.ts'
import { fold, isName, nameAt, namesIn } from './names.ts'
import type { Phrase } from './phrase.ts'
import type { QuestionReading } from './read-question.ts'
import type { Statement } from './statements.ts'
import type { Token } from './tokens.ts'

const placeWords = new Set(['in', 'at', 'to', 'near', 'on', 'outside', 'into', 'around', 'from', 'through', 'inside', 'by', 'behind'])
const timeWords =
  /^(?:morning|afternoon|evening|night|day|week|weekend|month|year|time|moment|past|future|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|end|person|order|fact|mind|life|way|own|once|all|least|last|first)$/

interface Spot {
  readonly text: string
  readonly proper: boolean
  readonly at: number
  readonly preposition: string
}

/** Noun phrases after a preposition of place. */
function spots(statement: Statement): Spot[] {
  const { tokens: words, passage } = statement
  const found: Spot[] = []
  for (const [place, token] of words.entries()) {
    if (!placeWords.has(token.word) || token.pos === 'PART') continue
    const run = nounPhrase(words, place + 1)
    if (run === undefined) continue
    const head = words[run.until - 1]
    if (head === undefined || timeWords.test(head.word) || /^\d/.test(head.word)) continue
    const proper = words.slice(run.from, run.until).some((_, offset) => isName(words, run.from + offset))
    const start = words[run.from]?.start ?? 0
    found.push({ text: passage.text.slice(start, head.end), proper, at: place, preposition: token.word })
  }
  return found
}

/** The place that a clause says, by name before any other. */
export function placeOf(question: QuestionReading, statement: Statement): Phrase | undefined {
  const after = anchor(question, statement.tokens)
  const asked = new Set(question.tokens.filter((token) => token.pos !== 'DET').map((token) => token.lemma))
  const from = /\bfrom\b/.test(question.text)
  const usable = spots(statement).filter((spot) => {
    const words = fold(spot.text).split(/\s+/)
    if ((spot.preposition === 'from') !== from && spot.preposition === 'from') return false
    return !words.every((word) => asked.has(word) || /^(a|an|the|my|our|his|her)$/.test(word))
  })
  const score = (spot: Spot): number =>
    (spot.proper ? 2 : 0) + (spot.at > after ? 1.5 : 0) - Math.abs(spot.at - after) * 0.05 + (from && spot.preposition === 'from' ? 2 : 0)
  const chosen = usable.sort((a, b) => score(b) - score(a))[0]
  return chosen === undefined ? undefined : { text: short(chosen.text), fit: chosen.proper ? 1 : 0.9 }
}

/** The place that a sentence says: after a preposition, else any name. */
export function placeIn(question: QuestionReading, sentence: readonly Statement[]): Phrase | undefined {
  const found = sentence.map((each) => placeOf(question, each)).find((each) => each !== undefined)
  if (found !== undefined) return { ...found, fit: found.fit * 0.9 }
  const asked = fold(question.text)
  for (const each of sentence) {
    const name = namesIn(each.tokens, each.passage.text).find((run) => !asked.includes(fold(run.text)))
    if (name !== undefined) return { text: name.text, fit: 0.7 }
  }
  return undefined
}

function nounPhrase(words: readonly Token[], from: number): { from: number; until: number } | undefined {
  let place = from
  while (/^(a|an|the|my|our|his|her|their|this|that|some)$/.test(words[place]?.word ?? '')) place++
  const name = nameAt(words, place, '')
  if (name !== undefined && !['NOUN', 'PROPN'].includes(words[name.until]?.pos ?? ''))
    return { from: words[from]?.word === 'the' ? from : place, until: name.until }
  const start = words[from]?.word === 'the' || isName(words, from) ? from : place
  while (['ADJ', 'NUM', 'ADV'].includes(words[place]?.pos ?? '') && !isName(words, place)) place++
  const head = place
  while (
    words[place] !== undefined &&
    (['NOUN', 'PROPN'].includes(words[place]?.pos ?? '') ||
      isName(words, place) ||
      (/^(of|de|do|da|la|&|del)$/.test(words[place]?.word ?? '') && place > head && isName(words, place + 1)))
  )
    place++
  return place === head ? undefined : { from: start, until: place }
}
