import type { Clause } from './clause.ts'
import { readCopula } from './copula-facts.ts'
import { giveName, readNickname } from './naming-facts.ts'
import { readOwned } from './owned-facts.ts'
import { notice, speakerIndex, typeOf } from './reading.ts'
import { namedIndex, type Referent, referent } from './referents.ts'
import type { SentenceReading } from './sentence-reading.ts'
import type { SubjectClause } from './subject-clause.ts'
import { readVerb } from './verb-facts.ts'

/** What the clauses of a sentence assert. */
export function readClauseFacts(sentence: SentenceReading): void {
  for (const [index, clause] of sentence.clauses.entries()) {
    if (!asserts(sentence, clause, sentence.clauses[index - 1]) || readNickname(sentence, clause)) continue
    if (
      isCopula(clause) &&
      clause.subjects[0] &&
      (clause.subjects[0].owner || clause.subjects[0].noun === 'home') &&
      readOwned(sentence, clause, clause.subjects[0])
    )
      continue
    const subjects = clause.subjects.length > 0 ? clause.subjects : [undefined]
    for (const phrase of subjects) {
      if (phrase?.pronoun !== undefined && nameUnnamed(sentence, clause)) continue
      const subject = phrase ? referent(sentence, phrase) : elided(sentence, clause)
      if (!subject) continue
      const part: SubjectClause = { sentence, clause, subject, ...(phrase && { phrase }) }
      if (isCopula(clause)) readCopula(part)
      else readVerb(part)
      if (phrase?.pronoun === undefined && typeOf(sentence.reading, subject.name) !== 'place') notice(sentence.reading, subject.name)
    }
  }
}

/** "I've got a hamster! He's called Tofu." */
function nameUnnamed(sentence: SentenceReading, clause: Clause): boolean {
  const { unnamed } = sentence.reading
  const [named] = clause.objects
  if (!unnamed || !named?.name || named.noun !== undefined || !/^(?:he|she|it|they)$/.test(clause.subjects[0]?.pronoun ?? '')) return false
  if (!/^(?:call|name)$/.test(clause.verb.lemma) || !clause.verb.passive) return false
  giveName(sentence, namedIndex(sentence, named.name), unnamed)
  return true
}

function isCopula(clause: Clause): boolean {
  return clause.verb.lemma === 'be' && clause.verb.chain.length === 0
}

/** Questions, wishes, conditions and orders assert nothing. */
function asserts(sentence: SentenceReading, clause: Clause, before: Clause | undefined): boolean {
  const { verb } = clause
  if (sentence.isQuestion || verb.hypothetical) return false
  if (/^(?:if|unless|whether)$/.test(clause.subordinator ?? '')) return false
  if (before && /^(?:wish|imagine|pretend|suppose|hope|wonder|doubt|dream)$/.test(before.verb.lemma) && before.verb.to > verb.from - 4)
    return false
  if (/^(?:wish|let)$/.test(verb.lemma)) return false
  if (verb.form === 'ing' && /^(?:follow|accord|regard|concern|lead|result|depend|make|give|use|cause)$/.test(verb.lemma)) return false
  return clause.subjects[0]?.pronoun !== 'you'
}

/** "Grew up in Leeds": a speaker who leaves out the "I". An order, "Don't ask", has a base form and is none. */
function elided(sentence: SentenceReading, clause: Clause): Referent | undefined {
  const { reading, clauses } = sentence
  const { verb } = clause
  if (reading.passage.speaker === undefined || clause.reduced || clauses[0] !== clause) return undefined
  const likes = verb.form === 'base' && !verb.negated && /^(?:love|hate|like|adore|work|live|play)$/.test(verb.lemma)
  const [, next] = clauses
  const isTopic = verb.form === 'ing' && next !== undefined && next.subjects.length === 0
  const said =
    verb.form === 'participle' || (verb.form === 'ing' && !isTopic) || likes || (verb.form === 'finite' && saidOfSelf(sentence, clause))
  const speaker = said ? speakerIndex(reading) : undefined
  return speaker === undefined ? undefined : { name: speaker, confidence: 0.8 }
}

function saidOfSelf(sentence: SentenceReading, clause: Clause): boolean {
  const first = sentence.tokens[clause.verb.from]?.lower ?? ''
  if (/^(?:do|is|are|does|let|'s|has|were|will|could|would|should|may|might)$/.test(first)) return false
  return clause.verb.tense === 'past' || /^(?:ca|can|wo|have|'ve|got|did|been|am|'m)$/.test(first)
}
