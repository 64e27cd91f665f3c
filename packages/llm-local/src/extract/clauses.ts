import type { TimeExpression } from './find-times.ts'
import { places } from './lexicon/places.ts'
import type { NounPhrase, Phrase } from './phrases.ts'
import type { VerbGroup } from './verb-group.ts'

/** A verb with who and what it is about. */
export interface Clause {
  readonly verb: VerbGroup
  /** Empty where the sentence leaves the subject out: "Grew up in Leeds." */
  readonly subjects: readonly NounPhrase[]
  /** A participle that describes the noun before it: "a film directed by her". */
  readonly reduced: boolean
  readonly objects: readonly NounPhrase[]
  /** Words of a predicate that is no noun: "allergic", "vegetarian". */
  readonly adjectives: readonly string[]
  readonly obliques: readonly Oblique[]
  readonly times: readonly TimeExpression[]
  /** "if", "when", "because" before it. */
  readonly subordinator?: string
}

export interface Oblique {
  readonly preposition: string
  readonly nouns: readonly NounPhrase[]
  /** The noun it follows directly, where it may belong to that rather than to the verb. */
  readonly after?: NounPhrase
}

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

/** Whether a participle describes the noun before it, rather than make a clause of its own. */
function isReduced(phrases: readonly Phrase[], index: number): boolean {
  const verb = phrases[index]
  if (verb?.kind !== 'verb' || (verb.form !== 'participle' && verb.form !== 'ing') || verb.passive || verb.perfect) return false
  const before = phrases[index - 1]
  const next = phrases[index + 1]
  if (verb.form === 'ing') return before?.kind === 'noun' && before.pronoun === undefined
  if (/^(?:call|name|know|base|locate|situate|bear|entitle|title|dub)$/.test(verb.lemma))
    return before?.kind === 'noun' || before?.kind === 'comma' || before?.kind === 'adverb' || isOpening(before)
  if (next?.kind === 'preposition' && next.word === 'by') return true
  if (next?.kind !== 'preposition' || before?.kind !== 'noun' || before.pronoun !== undefined) return false
  return phrases.slice(lastBreak(phrases, index), index).some((phrase) => phrase.kind === 'verb')
}

function isOpening(phrase: Phrase | undefined): boolean {
  return phrase?.kind === 'break' && phrase.word === '('
}

function findSubjects(
  phrases: readonly Phrase[],
  index: number,
  previous: Clause | undefined,
): { subjects: readonly NounPhrase[]; reduced: boolean } {
  let at = index - 1
  const reduced = isReduced(phrases, index)
  while (at >= 0 && ['adverb', 'time', 'other'].includes(phrases[at]?.kind ?? '')) {
    // "Here's a painting" says nothing of anybody.
    if (phrases[at - 1]?.kind !== 'noun' && /^(?:here|there)$/.test((phrases[at] as { word?: string }).word ?? ''))
      return { subjects: [], reduced: false }
    at--
  }
  const before = phrases[at]
  if (!before) return { subjects: [], reduced: false }
  if (before.kind === 'relative') {
    const noun = nounBefore(phrases, at, before.word === 'who')
    if (before.word === 'where' || noun === undefined) return { subjects: [], reduced: false }
    // "She is a hurdler from Leeds who …" goes on about her.
    return { subjects: meantBy(noun, previous), reduced: false }
  }
  if (before.kind === 'noun') {
    if (reduced) return { subjects: meantBy(before, previous), reduced }
    return { subjects: subjectAt(phrases, at), reduced }
  }
  if (reduced && before.kind === 'comma' && previous?.reduced) return { subjects: previous.subjects, reduced }
  if (reduced && before.kind === 'comma' && /^(?:i|we)$/.test(previous?.subjects[0]?.pronoun ?? ''))
    return { subjects: previous?.subjects ?? [], reduced: false }
  if (reduced && (before.kind === 'comma' || isOpening(before))) {
    const noun = chainHead(phrases, skipBrackets(phrases, at - 1))
    return { subjects: noun ? meantBy(noun, previous) : [], reduced }
  }
  if (before.kind === 'break' && before.word === ')') {
    const noun = chainHead(phrases, skipBrackets(phrases, at))
    return { subjects: noun ? [noun] : [], reduced }
  }
  if (before.kind === 'comma') {
    const start = lastBreak(phrases, index)
    if (!previous || phrases.slice(start, at).every((phrase, offset) => phrase.kind !== 'verb' || isReduced(phrases, start + offset))) {
      const noun = firstSubject(phrases, start, at)
      if (noun) return { subjects: [noun], reduced: false }
    }
  }
  const shares =
    previous &&
    (before.kind === 'and' ||
      before.kind === 'comma' ||
      (before.kind === 'break' && /^(?:but|;|-|–|—)$/.test(before.word)) ||
      before.kind === 'preposition' ||
      before.kind === 'subordinator')
  return { subjects: shares ? previous.subjects : [], reduced: false }
}

const objective = /^(?:me|him|us|them)$/

/** A noun that says what the subject is ("she is a hurdler", "it is a song") means the subject. */
function meantBy(noun: NounPhrase, previous: Clause | undefined): readonly NounPhrase[] {
  const complement = previous?.verb.lemma === 'be' && noun.name === undefined && previous.objects.includes(noun)
  return complement ? previous.subjects : [noun]
}

/** From a closing bracket to what stands before the opening one. */
function skipBrackets(phrases: readonly Phrase[], at: number): number {
  const phrase = phrases[at]
  if (phrase?.kind !== 'break' || phrase.word !== ')') return at
  let open = at - 1
  while (open > 0 && !isOpening(phrases[open])) open--
  return open - 1
}

/** The noun at `at`, with those coordinated before it, or the head of the chain of prepositions that it ends. */
function subjectAt(phrases: readonly Phrase[], at: number): readonly NounPhrase[] {
  let head = at
  for (;;) {
    const follows = phrases[head - 1]?.kind === 'preposition' && phrases[head - 2]?.kind === 'noun'
    const coordinated =
      phrases[head - 1]?.kind === 'and' &&
      phrases[head - 2]?.kind === 'noun' &&
      phrases[head - 3]?.kind === 'preposition' &&
      phrases[head - 4]?.kind === 'noun' &&
      (phrases[at] as NounPhrase).pronoun === undefined
    if (!follows && !coordinated) break
    head -= 2
  }
  if (phrases[head - 1]?.kind === 'preposition') return []
  while (objective.test((phrases[head] as NounPhrase).pronoun ?? '') && head > 0) {
    head--
    while (head > 0 && phrases[head]?.kind !== 'noun') head--
    if (phrases[head]?.kind !== 'noun') return []
  }
  const noun = phrases[head] as NounPhrase
  const hasVerb = phrases.slice(lastBreak(phrases, head), head).some((phrase) => phrase.kind === 'verb')
  const other = phrases[head - 2]
  const coordinated = phrases[head - 1]?.kind === 'and' && other?.kind === 'noun' && !hasVerb && phrases[head - 3]?.kind !== 'preposition'
  return coordinated ? [other, noun] : [noun]
}

function chainHead(phrases: readonly Phrase[], at: number): NounPhrase | undefined {
  let head = at
  while (phrases[head]?.kind === 'noun' && phrases[head - 1]?.kind === 'preposition' && phrases[head - 2]?.kind === 'noun') head -= 2
  const phrase = phrases[head]
  return phrase?.kind === 'noun' ? phrase : undefined
}

function firstSubject(phrases: readonly Phrase[], start: number, end: number): NounPhrase | undefined {
  for (let index = start; index < end; index++) {
    const phrase = phrases[index]
    if (phrase?.kind !== 'noun' || phrases[index - 1]?.kind === 'preposition') continue
    const named = phrases[index + 2]
    const apposed =
      phrase.name === undefined &&
      phrase.owner === undefined &&
      phrases[index + 1]?.kind === 'comma' &&
      named?.kind === 'noun' &&
      named.name !== undefined &&
      index + 2 < end
    return apposed ? named : phrase
  }
  return undefined
}

/** What a relative pronoun stands for: the noun before it; "who" is no place. */
function nounBefore(phrases: readonly Phrase[], index: number, isPerson: boolean): NounPhrase | undefined {
  for (let at = index - 1; at >= Math.max(0, index - (isPerson ? 8 : 3)); at--) {
    const phrase = phrases[at]
    const isPlace =
      phrase?.kind === 'noun' && phrase.name !== undefined && (places.has(phrase.name.text.toLowerCase()) || phrase.name.type === 'place')
    if (phrase?.kind === 'noun' && !(isPerson && isPlace)) return phrase
    if (phrase?.kind === 'verb' || phrase?.kind === 'break') return undefined
  }
  return undefined
}

function lastBreak(phrases: readonly Phrase[], index: number): number {
  for (let at = index - 1; at >= 0; at--) {
    const phrase = phrases[at]
    if ((phrase?.kind === 'break' && !/^[()]$/.test(phrase.word)) || phrase?.kind === 'subordinator') return at + 1
  }
  return 0
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
      } else if (phrase.noun !== undefined && periods.has(phrase.noun) && phrase.owner === undefined) continue
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
