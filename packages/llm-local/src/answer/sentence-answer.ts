import type { EvidencePassage } from '@graphmem/core/spec'
import { type Candidate, short } from './candidate.ts'
import { aboutThem } from './frame-answer.ts'
import { bestMatch } from './match.ts'
import { isOneOf } from './people.ts'
import { phraseFor } from './phrases.ts'
import type { QuestionReading, Term } from './read-question.ts'
import type { Reading, Statement, Who } from './statements.ts'
import type { Token } from './tokens.ts'

/** How much a word counts by where it stands: in the sentence, in its passage, in the turns beside it. */
const nearness = { sentence: 1, passage: 0.85, beside: 0.6 } as const

/** The best sentence that is said by, or of, the person asked about and states what is asked of them. */
export function sentenceAnswer(question: QuestionReading, ids: ReadonlySet<Who> | undefined, reading: Reading): Candidate | undefined {
  if (question.terms.length === 0) return undefined
  const passages = byPassage(reading)
  const everywhere = question.terms.map((term) => Math.max(0, ...[...passages.values()].map((each) => bestMatch(term, each.tokens).score)))
  let found: Candidate | undefined
  let foundScore = 0
  for (const [passage, { sentences }] of passages) {
    const beside = besideOf(passage, passages)
    for (const sentence of sentences.values()) {
      const scored = scoreOf(question, ids, sentence, passages.get(passage)?.tokens ?? [], beside, everywhere)
      if (scored.support * 1.1 <= foundScore) continue
      const phrase = phraseFor(question, scored.statement, sentence)
      const support = Math.min(1, scored.support * phrase.fit)
      const score = support + 0.02 / (1 + scored.statement.rank)
      if (phrase.text === '' || score <= foundScore) continue
      foundScore = score
      const span = passage.sentences[scored.statement.sentence]
      found = { text: short(phrase.text), support, citations: [{ chunkId: passage.chunkId, ...(span === undefined ? {} : { span }) }] }
    }
  }
  return found
}

interface Read {
  readonly sentences: Map<number, Statement[]>
  readonly tokens: Token[]
  readonly speaker: Who
}

function byPassage(reading: Reading): Map<EvidencePassage, Read> {
  const passages = new Map<EvidencePassage, Read>()
  for (const statement of reading.statements) {
    const read = passages.get(statement.passage) ?? { sentences: new Map(), tokens: [], speaker: statement.speaker }
    passages.set(statement.passage, read)
    read.tokens.push(...statement.tokens)
    read.sentences.set(statement.sentence, [...(read.sentences.get(statement.sentence) ?? []), statement])
  }
  return passages
}

/** The turns of the same session next to this one. */
function besideOf(passage: EvidencePassage, passages: ReadonlyMap<EvidencePassage, Read>): Read[] {
  if (passage.session === undefined || passage.sequence === undefined) return []
  const at = passage.sequence
  return [...passages.entries()]
    .filter(([other]) => other !== passage && other.session === passage.session && Math.abs((other.sequence ?? -9) - at) <= 2)
    .map(([, read]) => read)
}

function scoreOf(
  question: QuestionReading,
  ids: ReadonlySet<Who> | undefined,
  sentence: readonly Statement[],
  passage: readonly Token[],
  beside: readonly Read[],
  everywhere: readonly number[],
): { support: number; statement: Statement } {
  const words = sentence.flatMap((each) => each.tokens)
  let covered = 0
  let total = 0
  let missing = 1
  for (const [place, term] of question.terms.entries()) {
    const score = Math.max(
      nearness.sentence * bestMatch(term, words).score,
      nearness.passage * bestMatch(term, passage).score,
      nearness.beside * Math.max(0, ...beside.map((each) => bestMatch(term, each.tokens).score)),
      spokenTo(term, sentence, beside),
    )
    covered += term.weight * score
    total += term.weight
    if (term.weight >= 0.7 && score === 0) missing *= (everywhere[place] ?? 0) === 0 ? 0.6 : 0.8
  }
  const statement = bestClause(question, sentence, ids)
  const fit = ids === undefined ? 1 : subjectFit(ids, statement, sentence, beside)
  const coverage = total === 0 ? 0 : covered / total
  const asks = statement?.isQuestion === true ? 0.6 : 1
  return { support: fit * coverage * missing * asks * timeFit(question, statement?.passage), statement: statement as Statement }
}

/** A name of the question that the speaker is talking to. */
function spokenTo(term: Term, sentence: readonly Statement[], beside: readonly Read[]): number {
  if (term.kind !== 'name') return 0
  const speaker = sentence[0]?.speaker
  return beside.some((each) => each.speaker !== speaker && isOneOf(new Set([term.token.word]), each.speaker)) || speaker === term.token.word
    ? 0.8
    : 0
}

function bestClause(question: QuestionReading, sentence: readonly Statement[], ids: ReadonlySet<Who> | undefined): Statement | undefined {
  let found: Statement | undefined
  let foundScore = -1
  for (const statement of sentence) {
    let score = ids !== undefined && aboutThem(statement, ids) ? 0.5 : 0
    for (const term of question.terms) score += term.weight * bestMatch(term, statement.tokens).score
    if (score > foundScore) [found, foundScore] = [statement, score]
  }
  return found
}

/** Whether a clause is about one of these people: said of them, said by them, said to them, or at least naming them. */
function subjectFit(
  ids: ReadonlySet<Who>,
  statement: Statement | undefined,
  sentence: readonly Statement[],
  beside: readonly Read[],
): number {
  if (statement === undefined) return 0
  if (aboutThem(statement, ids)) return statement.ofThing ? 0.95 : 1
  const speaks = isOneOf(ids, statement.speaker)
  const another = statement.subjects.some(
    (who) => who !== statement.speaker && who !== '@listener' && !who.includes('/') && !statement.ofThing,
  )
  if (speaks) return statement.subjects.includes('@listener') ? 0.35 : another ? 0.7 : 0.85
  const toThem = beside.some((each) => each.speaker !== statement.speaker && isOneOf(ids, each.speaker))
  if (toThem && statement.subjects.includes('@listener')) return 0.8
  if (statement.others.some((who) => isOneOf(ids, who))) return 0.8
  if (sentence.some((each) => aboutThem(each, ids) || each.others.some((who) => isOneOf(ids, who)))) return 0.7
  return toThem && sentence.some((each) => each.subjects.includes('@listener')) ? 0.5 : 0.15
}

/** A question about a year or a month is not answered by what was said in another. */
function timeFit(question: QuestionReading, passage: EvidencePassage | undefined): number {
  if (question.when === undefined || passage?.at === undefined) return 1
  const said = new Date(passage.at)
  const { year, month } = question.when
  const apart = Math.abs(
    ((year ?? said.getUTCFullYear()) - said.getUTCFullYear()) * 12 + (month === undefined ? 0 : month - said.getUTCMonth()),
  )
  if (apart === 0) return 1.1
  return apart === 1 || (month === undefined && apart <= 12) ? 1 : 0.8
}
