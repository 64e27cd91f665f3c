import { maxWords, short } from './candidate.ts'
import { datesIn, writeDay } from './dates.ts'
import { isKin } from './kin.ts'
import { anchor, bestMatch } from './match.ts'
import { ageOf, durationOf, numberOf } from './measure-phrase.ts'
import { fold, namesIn } from './names.ts'
import { objectOf } from './object-phrase.ts'
import type { Phrase } from './phrase.ts'
import { placeIn, placeOf } from './place-phrase.ts'
import type { QuestionReading } from './read-question.ts'
import type { Statement } from './statements.ts'

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
