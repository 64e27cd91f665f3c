import type { EvidencePassage } from '@graphmem/core/spec'
import { type Candidate, short } from './candidate.ts'
import { aboutThem } from './frame-answer.ts'
import { kinMatches } from './kin.ts'
import { bestMatch } from './match.ts'
import { fold, sameName } from './names.ts'
import { isOneOf } from './people.ts'
import { phraseFor } from './phrases.ts'
import type { QuestionReading, Term } from './read-question.ts'
import type { Reading, Statement } from './statements.ts'
import type { Token } from './tokens.ts'
import type { Who } from './who.ts'

/** How much a word counts by where it stands: in the sentence, in its passage, in the turns beside it. */
const nearness = { sentence: 1, passage: 0.85, beside: 0.6 } as const

/** What the place in recall's ranking is worth when sentences compete. */
const rankShare = 0.1

/** Two fifths of what is asked, said of the right person, are as likely the answer as not. */
const evenOdds = 0.4

function supportOf(score: number): number {
  return score < evenOdds ? (0.5 * score) / evenOdds : 0.5 + (0.45 * (Math.min(1, score) - evenOdds)) / (1 - evenOdds)
}

/** The best sentence that is said by, or of, the person asked about and states what is asked of them. */
export function sentenceAnswer(question: QuestionReading, asked: Asked | undefined, reading: Reading): Candidate | undefined {
  if (question.terms.length === 0) return undefined
  const passages = byPassage(reading)
  const ids = asked === undefined ? undefined : asked.owners
  const partners = ids !== undefined && reading.speakers.size === 2 && [...reading.speakers].some((who) => isOneOf(ids, who))
  const everywhere = question.terms.map((term) => Math.max(0, ...[...passages.values()].map((each) => bestMatch(term, each.tokens).score)))
  const highest = Math.max(1e-9, ...[...passages.keys()].map((passage) => passage.score))
  let found: Candidate | undefined
  let foundScore = 0
  for (const [passage, read] of passages) {
    const beside = besideOf(passage, passages)
    const listens = ids !== undefined && (partners || beside.some((each) => isOneOf(ids, each.speaker))) && !isOneOf(ids, read.speaker)
    for (const sentence of read.sentences.values()) {
      const scored = scoreOf(
        question,
        asked === undefined ? undefined : { ...asked, listens, tells: question.isOfTelling },
        sentence,
        read,
        beside,
        everywhere,
      )
      if (scored === undefined || scored.support + rankShare <= foundScore) continue
      const phrase = phraseFor(question, scored.statement, sentence)
      const support = scored.support * phrase.fit
      const score = support + rankShare * (passage.score / highest)
      if (phrase.text === '' || score <= foundScore) continue
      foundScore = score
      const span = passage.sentences[scored.statement.sentence]
      found = {
        text: short(phrase.text),
        support: supportOf(support),
        citations: [{ chunkId: passage.chunkId, ...(span === undefined ? {} : { span }) }],
      }
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
    const read: Read = passages.get(statement.passage) ?? { sentences: new Map(), tokens: [], speaker: statement.speaker }
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

interface Scored {
  readonly support: number
  readonly statement: Statement
}

function scoreOf(
  question: QuestionReading,
  whom: Whom | undefined,
  sentence: readonly Statement[],
  passage: Read,
  beside: readonly Read[],
  everywhere: readonly number[],
): Scored | undefined {
  const here = weighed(sentence, whom)
  const around = weighed([...passage.sentences.values()].flat(), whom)
  const next = weighed(
    beside.flatMap((each) => [...each.sentences.values()].flat()),
    whom,
  )
  let covered = 0
  let total = 0
  let missing = 1
  for (const [place, term] of question.terms.entries()) {
    const score = Math.max(
      nearness.sentence * said(term, here),
      nearness.passage * said(term, around),
      nearness.beside * said(term, next),
      spokenTo(term, passage.speaker, beside),
    )
    covered += term.weight * score
    total += term.weight
    if (term.weight >= 0.7 && score < 0.3) missing *= (everywhere[place] ?? 0) === 0 ? 0.6 : 0.8
  }
  const statement = bestClause(question, here)
  if (statement === undefined || total === 0) return undefined
  const whose = Math.max(...here.map((each) => each.weight))
  const asks = statement.isQuestion ? 0.6 : question.time === 'now' && isOver(statement) ? 0.9 : 1
  return { support: Math.sqrt(whose) * (covered / total) * missing * asks * timeFit(question, statement.passage), statement }
}

interface Weighed {
  readonly statement: Statement
  /** How far it speaks of whom the question is about, 0 to 1. */
  readonly weight: number
}

function weighed(statements: readonly Statement[], whom: Whom | undefined): Weighed[] {
  return statements.map((statement) => ({ statement, weight: whom === undefined ? 1 : aboutWeight(statement, whom) }))
}

function said(term: Term, statements: readonly Weighed[]): number {
  let found = 0
  for (const { statement, weight } of statements)
    if (weight > found) found = Math.max(found, weight * bestMatch(term, statement.tokens).score)
  return found
}

/** A name of the question that the speaker has, or is talking to. */
function spokenTo(term: Term, speaker: Who, beside: readonly Read[]): number {
  if (term.kind !== 'name') return 0
  const ids = new Set([term.token.word])
  return isOneOf(ids, speaker) || beside.some((each) => each.speaker !== speaker && isOneOf(ids, each.speaker)) ? 0.8 : 0
}

function bestClause(question: QuestionReading, sentence: readonly Weighed[]): Statement | undefined {
  let found: Statement | undefined
  let foundScore = -1
  for (const { statement, weight } of sentence) {
    let score = 0.3 * weight
    for (const term of question.terms) score += term.weight * weight * bestMatch(term, statement.tokens).score
    if (score > foundScore) [found, foundScore] = [statement, score]
  }
  return found
}

/** Whom the question is about, and whether they are somebody's conversation partner here. */
export interface Asked {
  readonly ids: ReadonlySet<Who>
  /** Whose sister or dog they are, where the question says so, and that word. */
  readonly owners: ReadonlySet<Who>
  readonly kin?: string
}

interface Whom extends Asked {
  readonly listens: boolean
  /** Whether the question asks for what they said, of whatever it was. */
  readonly tells: boolean
}

/** How far a clause speaks of somebody: said of them, or by them of themselves, or to them, or at least naming them. */
function aboutWeight(statement: Statement, { ids, owners, kin, listens, tells }: Whom): number {
  const speaks = isOneOf(ids, statement.speaker)
  if (speaks && tells && !statement.isQuestion) return 0.9
  const toListener = statement.subjects.includes('@listener')
  if (statement.supposes) return 0.3
  if (speaks && statement.isQuestion) return 0.3
  if (aboutThem(statement, ids)) return !speaks || statement.firstPerson || !statement.ofThing ? 1 : 0.6
  if (kin !== undefined && isOneOf(owners, statement.speaker)) {
    if (statement.tokens.some((token) => kinMatches(kin, token.word))) return 0.9
    return statement.firstPerson || toListener ? 0.3 : 0.5
  }
  if (speaks) {
    if (toListener) return 0.25
    return statement.firstPerson ? 0.9 : 0.6
  }
  if (listens && toListener) return 0.85
  if (statement.others.some((who) => isOneOf(ids, who))) return 0.75
  if (listens && statement.isQuestion) return 0.7
  if (statement.passage.title !== undefined && [...ids].some((id) => sameName(id, fold(statement.passage.title ?? '')))) return 0.9
  return statement.ofThing && !statement.subjects.includes(statement.speaker) ? 0.3 : 0.15
}

function isOver(statement: Statement): boolean {
  return statement.tokens.some((token) => /^(?:was|were|used|before)$/.test(token.word))
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
