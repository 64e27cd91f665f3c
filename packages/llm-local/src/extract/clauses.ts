import type { Clause } from './clause.ts'
import { findSubjects, isReduced } from './find-subjects.ts'
import type { TimeExpression } from './find-times.ts'
import type { NounPhrase, Phrase } from './phrases.ts'

/** The clauses of a sentence, in order. */
export function readClauses(phrases: readonly Phrase[]): Clause[] {
  const clauses: Clause[] = []
  for (const [index, phrase] of phrases.entries()) {
    if (phrase.kind !== 'verb' || isPurpose(phrases, index)) continue
    const { subjects, reduced } = findSubjects(phrases, index, clauses.at(-1))
    const subordinator = findSubordinator(phrases, index)
    clauses.push({ verb: phrase, subjects, reduced, ...rightSide(phrases, index), ...(subordinator !== undefined && { subordinator }) })
  }
  return clauses
}

/** "… to form the river": nobody is said to have done it. */
function isPurpose(phrases: readonly Phrase[], index: number): boolean {
  const before = phrases[index - 1]
  const verb = phrases[index]
  return before?.kind === 'preposition' && before.word === 'to' && verb?.kind === 'verb' && verb.form === 'base'
}

function findSubordinator(phrases: readonly Phrase[], index: number): string | undefined {
  for (let at = index - 1; at >= Math.max(0, index - 4); at--) {
    const phrase = phrases[at]
    if (phrase?.kind === 'subordinator') return phrase.word
    if (phrase?.kind === 'verb' || phrase?.kind === 'break') return undefined
  }
  return undefined
}

const periods = new Set(
  'day days week weeks weekend weekends month months year years morning mornings evening evenings night nights afternoon summer winter spring autumn hour hours minute minutes time times while today tonight yesterday tomorrow'.split(
    ' ',
  ),
)

function rightSide(phrases: readonly Phrase[], verbIndex: number): Pick<Clause, 'objects' | 'obliques' | 'times' | 'adjectives'> {
  const objects: NounPhrase[] = []
  const obliques: { preposition: string; nouns: NounPhrase[]; after?: NounPhrase }[] = []
  const times: TimeExpression[] = [...beforeThat(phrases, verbIndex), ...timesBefore(phrases, verbIndex)]
  const adjectives: string[] = []
  let slot: NounPhrase[] = objects
  for (let index = verbIndex + 1; index < phrases.length; index++) {
    const phrase = phrases[index] as Phrase
    const before = phrases[index - 1] as Phrase
    if (phrase.kind === 'time') times.push(phrase.expression)
    else if (phrase.kind === 'noun') {
      if (before.kind === 'preposition') {
        const previous = phrases[index - 2]
        const nouns = [phrase]
        obliques.push({ preposition: before.word, nouns, ...(previous?.kind === 'noun' && { after: previous }) })
        slot = nouns
      } else if (phrase.noun !== undefined && periods.has(phrase.noun) && phrase.owner === undefined && !isAge(phrases, index)) continue
      else if (before.kind === 'comma' || before.kind === 'and') slot.push(phrase)
      else if (obliques.length === 0 || before.kind === 'time') objects.push(phrase)
      else break
    } else if (phrase.kind === 'adjective') adjectives.push(phrase.word)
    else if (phrase.kind === 'comma' || phrase.kind === 'and') {
      if (!continuesList(phrases, index)) {
        times.push(...timesAfter(phrases, index))
        break
      }
    } else if (phrase.kind === 'verb') {
      if (isReduced(phrases, index) && /^(?:call|name)$/.test(phrase.lemma) && phrases[index + 1]?.kind === 'noun') index++
      else break
    } else if (phrase.kind === 'break' && phrase.word === '(') {
      while (index < phrases.length && !(phrases[index]?.kind === 'break' && (phrases[index] as { word: string }).word === ')')) index++
    } else if (phrase.kind === 'relative' || phrase.kind === 'subordinator' || phrase.kind === 'break') break
  }
  return { objects, obliques, times, adjectives }
}

/** "34 years old". */
function isAge(phrases: readonly Phrase[], index: number): boolean {
  const next = phrases[index + 1]
  return next?.kind === 'adjective' && next.word === 'old'
}

/** Whether what follows a comma or "and" goes on with the same clause. */
function continuesList(phrases: readonly Phrase[], index: number): boolean {
  let next = index + 1
  while (['and', 'adverb', 'comma'].includes(phrases[next]?.kind ?? '')) next++
  const phrase = phrases[next]
  if (phrase?.kind === 'time') return !(phrases[next + 1]?.kind === 'noun' && leadsClause(phrases, next + 2))
  if (phrase?.kind === 'preposition')
    return phrases[index]?.kind === 'and' || phrases[next + 1]?.kind !== 'noun' || !leadsClause(phrases, next + 2)
  if (phrase?.kind === 'adjective') return true
  return phrase?.kind === 'noun' && phrase.pronoun === undefined && !leadsClause(phrases, next + 1)
}

/** Whether a verb of which the noun before is the subject comes now. */
function leadsClause(phrases: readonly Phrase[], index: number): boolean {
  let at = index
  for (;;) {
    const phrase = phrases[at]
    if (phrase?.kind === 'adverb' || (phrase?.kind === 'preposition' && phrase.word === 'of')) at++
    else if (phrase?.kind === 'comma' && phrases[at + 1]?.kind === 'noun' && (phrases[at + 1] as NounPhrase).pronoun !== undefined)
      return true
    else if (phrase?.kind === 'noun' && phrases[at - 1]?.kind === 'preposition') at++
    else return phrase?.kind === 'verb' && !isReduced(phrases, at)
  }
}

/** "In 2017 he emigrated": a time that opens the clause. */
function timesBefore(phrases: readonly Phrase[], verbIndex: number): TimeExpression[] {
  const found: TimeExpression[] = []
  for (let at = verbIndex - 1; at >= 0; at--) {
    const phrase = phrases[at]
    if (phrase?.kind === 'time') {
      const before = phrases[at - 1]
      // A time that ends the clause before is that one's.
      if (before === undefined || !/^(?:noun|verb|preposition|adjective)$/.test(before.kind)) found.push(phrase.expression)
    }
    if (phrase?.kind === 'verb' || phrase?.kind === 'break' || phrase?.kind === 'relative' || phrase?.kind === 'and') break
  }
  return found
}

/** "…, before that I lived in Brno": until the time that was spoken of. */
function beforeThat(phrases: readonly Phrase[], verbIndex: number): TimeExpression[] {
  const at = phrases.findIndex((phrase, index) => 'word' in phrase && phrase.word === 'before' && isThat(phrases[index + 1]))
  const earlier = phrases.slice(0, Math.max(0, at)).findLast((phrase) => phrase.kind === 'time')
  if (at < 0 || at < verbIndex - 5 || at > verbIndex || !earlier) return []
  return [{ ...earlier.expression, relation: 'before' }]
}

function isThat(phrase: Phrase | undefined): boolean {
  return phrase !== undefined && (('word' in phrase && phrase.word === 'that') || (phrase.kind === 'noun' && phrase.text === 'that'))
}

/** "…, in 1998": a time after a comma that ends the clause. */
function timesAfter(phrases: readonly Phrase[], index: number): TimeExpression[] {
  const next = phrases[index + 1]
  const leads = phrases[index + 2]?.kind === 'noun' && leadsClause(phrases, index + 3)
  return next?.kind === 'time' && !leads ? [next.expression] : []
}
