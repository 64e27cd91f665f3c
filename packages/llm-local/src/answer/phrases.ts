import { maxWords, short } from './candidate.ts'
import { datesIn, writeDay } from './dates.ts'
import { isKin } from './kin.ts'
import { bestMatch } from './match.ts'
import { fold, isName, nameAt, namesIn } from './names.ts'
import type { QuestionReading } from './read-question.ts'
import type { Statement } from './statements.ts'
import type { Token } from './tokens.ts'

/** What a sentence gives for a question, and how much that looks like what was asked for, 0 to 1. */
export interface Phrase {
  readonly text: string
  readonly fit: number
}

/** The part of a statement that is of the kind the question asks for. */
export function phraseFor(question: QuestionReading, statement: Statement, sentence: readonly Statement[]): Phrase {
  switch (question.expected) {
    case 'date':
      return dateOf(statement, question)
    case 'place':
      return placeOf(question, statement) ?? placeIn(question, sentence) ?? { text: clauseText(statement), fit: 0.7 }
    case 'person':
    case 'name':
      return (
        personOf(question, statement) ??
        (/\b(?:for|with|to|from|by)\s*\?*$/.test(question.text) ? objectOf(question, statement) : undefined) ?? {
          text: clauseText(statement),
          fit: 0.6,
        }
      )
    case 'number':
      return numberOf(question, sentence) ?? { text: clauseText(statement), fit: 0.55 }
    case 'age':
      return ageOf(sentence) ?? { text: '', fit: 0 }
    case 'duration':
      return durationOf(sentence) ?? { text: clauseText(statement), fit: 0.6 }
    case 'yes-no':
      return { text: isNegated(question, statement) ? 'No' : 'Yes', fit: 1 }
    case 'reason':
      return { text: reasonOf(statement), fit: 0.9 }
    case 'identity':
    case 'kind':
    case 'manner':
    case 'thing':
      return (isPlain(question) ? objectOf(question, statement) : undefined) ?? { text: newsOf(question, statement, sentence), fit: 0.95 }
  }
}

function clauseText(statement: Statement): string {
  return short(statement.passage.text.slice(statement.start, statement.end))
}

/** The sentence, and the next if both are short: what is asked is often told right after it is mentioned. */
function wholeText(statement: Statement): string {
  const { text, sentences } = statement.passage
  const span = sentences[statement.sentence]
  if (span === undefined) return clauseText(statement)
  const next = sentences[statement.sentence + 1]
  const both = next === undefined ? undefined : text.slice(span.start, next.end)
  return short(both !== undefined && both.split(/\s+/).length <= maxWords && !/\?\s*$/.test(both) ? both : text.slice(span.start, span.end))
}

/** What a sentence tells beyond the words of the question that it begins with: what follows the verb that is asked with. */
function newsOf(question: QuestionReading, statement: Statement, sentence: readonly Statement[]): string {
  const whole = wholeText(statement)
  const words = sentence.flatMap(({ tokens }) => tokens)
  const verb = question.terms.filter((term) => term.kind === 'verb' && term.weight >= 0.6).sort((a, b) => b.weight - a.weight)[0]
  const at = verb === undefined ? -1 : bestMatch(verb, words).at
  const token = words[at]
  if (token === undefined) return whole
  const left = words.slice(at + 1).filter(({ pos }) => ['NOUN', 'PROPN', 'ADJ', 'NUM', 'VERB'].includes(pos))
  const from = whole.indexOf(statement.passage.text.slice(token.start, token.end))
  const next = words[at + 1]
  if (left.length < 2 || from < 0 || next === undefined) return whole
  const start = whole.indexOf(statement.passage.text.slice(next.start, next.end), from + (token.end - token.start))
  return start < 0 ? whole : short(whole.slice(start))
}

/** Whether little is asked ("What does Karthik study?"), so that what follows the verb is the answer. */
function isPlain(question: QuestionReading): boolean {
  return question.terms.filter((term) => term.weight >= 0.6).length <= 2
}

function dateOf(statement: Statement, question: QuestionReading): Phrase {
  const { passage } = statement
  const span = passage.sentences[statement.sentence]
  const dates = datesIn(passage.text, passage.at)
  const near = dates.filter((date) => date.start >= statement.start && date.end <= statement.end + 1)
  const here = dates.filter((date) => span !== undefined && date.start >= span.start && date.end <= span.end)
  const chosen = near[0] ?? here.sort((a, b) => distance(a.start, statement) - distance(b.start, statement))[0]
  if (chosen !== undefined) return { text: question.typeNoun === 'year' ? yearOf(chosen.text) : chosen.text, fit: 1 }
  const other = passage.kind === 'turn' ? dates[0] : undefined
  if (other !== undefined) return { text: other.text, fit: 0.85 }
  if (passage.at === undefined || passage.kind !== 'turn' || passage.session === undefined) return { text: '', fit: 0 }
  return { text: writeDay(passage.at), fit: 0.75 }
}

function yearOf(text: string): string {
  return /\b(?:19|20)\d\d\b/.exec(text)?.[0] ?? text
}

function distance(at: number, statement: Statement): number {
  return at < statement.start ? statement.start - at : Math.max(0, at - statement.end)
}

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

function placeOf(question: QuestionReading, statement: Statement): Phrase | undefined {
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

function placeIn(question: QuestionReading, sentence: readonly Statement[]): Phrase | undefined {
  const found = sentence.map((each) => placeOf(question, each)).find((each) => each !== undefined)
  if (found !== undefined) return { ...found, fit: found.fit * 0.9 }
  const asked = fold(question.text)
  for (const each of sentence) {
    const name = namesIn(each.tokens, each.passage.text).find((run) => !asked.includes(fold(run.text)))
    if (name !== undefined) return { text: name.text, fit: 0.7 }
  }
  return undefined
}

function personOf(question: QuestionReading, statement: Statement): Phrase | undefined {
  const asked = fold(question.text)
  const { tokens: words, passage } = statement
  const names = namesIn(words, passage.text).filter(
    (run) => !asked.includes(fold(run.text)) && !/^(in|at|from|near)$/.test(words[run.from - 1]?.word ?? ''),
  )
  const after = anchor(question, words)
  const chosen = names.find((run) => run.from > after) ?? names[0]
  if (chosen !== undefined) return { text: chosen.text, fit: 1 }
  const kin = words.findIndex((token) => isKin(token.word) && !asked.includes(token.word) && token.pos === 'NOUN')
  if (kin >= 0) {
    let from = kin
    while (
      from > 0 &&
      ['ADJ', 'NUM', 'NOUN', 'DET', 'PRON'].includes(words[from - 1]?.pos ?? '') &&
      !/^(i|he|she|we|they|you)$/.test(words[from - 1]?.word ?? '')
    )
      from--
    return { text: short(passage.text.slice(words[from]?.start ?? 0, words[kin]?.end ?? 0)), fit: 0.95 }
  }
  return undefined
}

const numberWord =
  /^(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|hundred|dozen|both|twins|couple|several|single|once|twice)$/

function numberOf(question: QuestionReading, sentence: readonly Statement[]): Phrase | undefined {
  const noun = question.terms.find((term) => term.kind === 'noun' || term.kind === 'type')
  for (const statement of sentence) {
    const at = noun === undefined ? -1 : bestMatch(noun, statement.tokens).at
    const places = [...statement.tokens.keys()].filter(
      (place) => numberWord.test(statement.tokens[place]?.word ?? '') && !/^(19|20)\d\d$/.test(statement.tokens[place]?.word ?? ''),
    )
    const chosen = places.sort((a, b) => Math.abs(at - a) + (a > at ? 2 : 0) - Math.abs(at - b) - (b > at ? 2 : 0))[0]
    const token = chosen === undefined ? undefined : statement.tokens[chosen]
    if (token !== undefined && (at < 0 || Math.abs(at - (chosen ?? 0)) < 6)) return { text: token.text, fit: 1 }
    if (at > 0 && /^(a|an|no)$/.test(statement.tokens[at - 1]?.word ?? ''))
      return { text: statement.tokens[at - 1]?.word === 'no' ? 'none' : 'one', fit: 0.7 }
  }
  return undefined
}

function ageOf(sentence: readonly Statement[]): Phrase | undefined {
  for (const { passage, start, end } of sentence) {
    const text = passage.text.slice(start, end)
    const match =
      /(?:\b(?:am|is|are|was|turn(?:s|ed|ing)?|aged?|just)|['’](?:m|s|re))\s+(?:now |only |already |just |about |almost |nearly )?(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?)\b(?!\s*(?:%|percent|of|km|miles|times|hours))/i.exec(
        text,
      ) ?? /\b(\d{1,3}|\w+)[- ](?:year|month)s?[- ]old\b/i.exec(text)
    if (match?.[1] !== undefined) return { text: match[1], fit: 1 }
  }
  return undefined
}

function durationOf(sentence: readonly Statement[]): Phrase | undefined {
  for (const { passage, start, end } of sentence) {
    const text = passage.text.slice(start, end)
    const match =
      /\b(?:(?:for|about|over|almost|nearly|around)\s+)*(?:(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|few|couple of|several|many|some)[\s-]+)+(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b/i.exec(
        text,
      ) ??
      /\b(?:since\s+(?:\p{Lu}?\p{Ll}+\s+)?(?:\d{4}|\p{L}+)|every\s+\p{L}+|(?:once|twice|three times)\s+(?:a|every|per)\s+\p{L}+|daily|weekly|monthly|yearly|every so often|all the time)\b/iu.exec(
        text,
      )
    if (match !== null) return { text: match[0], fit: 1 }
  }
  return undefined
}

/** Whether what the question asks about is denied, or the question itself has a "not" of its own. */
function isNegated(question: QuestionReading, statement: Statement): boolean {
  const words = statement.tokens
  const places = question.terms.map((term) => bestMatch(term, words).at).filter((at) => at >= 0)
  const until = Math.max(-1, ...places)
  const denied =
    words.slice(0, until + 1).filter((token) => /^(?:not|n't|no|never|without|none|neither|nor|hardly)$/.test(token.word)).length % 2 === 1
  const asksNot =
    question.tokens.some((token) => /^(?:not|n't|never)$/.test(token.word)) &&
    !/^(?:do|does|did|is|are|have|has|was|were|ca|wo)n't/i.test(question.text)
  return denied !== asksNot
}

function reasonOf(statement: Statement): string {
  const { passage } = statement
  const span = passage.sentences[statement.sentence]
  const text = span === undefined ? clauseText(statement) : passage.text.slice(span.start, span.end)
  const match = /\b(?:because|since|so that|in order to|thanks to|due to)\b(.+)$/i.exec(text)
  return short(match === null ? text : match[0])
}

/** What stands after the verb asked about, or after the "is" of the thing asked about. */
function objectOf(question: QuestionReading, statement: Statement): Phrase | undefined {
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

/** Where the last of the question's words stands in a clause. */
function anchor(question: QuestionReading, words: readonly Token[]): number {
  const verb = question.terms.find((term) => term.kind === 'verb' && term.weight >= 0.6)
  const at = verb === undefined ? -1 : bestMatch(verb, words).at
  if (at >= 0) return at
  return Math.max(-1, ...question.terms.map((term) => bestMatch(term, words).at))
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
