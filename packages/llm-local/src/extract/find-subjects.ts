import type { Clause } from './clause.ts'
import { places } from './lexicon/places.ts'
import type { NounPhrase, Phrase } from './phrases.ts'

export function findSubjects(
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
    const aside = noun?.name !== undefined && isPlaceName(noun) && previous?.verb.lemma === 'be' && previous.objects.length > 0
    if (aside && before.word !== 'where') return { subjects: previous.subjects, reduced: false }
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
  const opening = reduced ? bracketBefore(phrases, at) : undefined
  if (opening !== undefined) {
    const noun = chainHead(phrases, opening - 1)
    return { subjects: noun ? meantBy(noun, previous) : [], reduced }
  }
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

/** A noun that says what the subject is ("she is a hurdler", "it is a song") means the subject. */
function meantBy(noun: NounPhrase, previous: Clause | undefined): readonly NounPhrase[] {
  const complement = previous?.verb.lemma === 'be' && noun.name === undefined && previous.objects.includes(noun)
  return complement ? previous.subjects : [noun]
}

/** The bracket that is open before a phrase: "(pronounced …; born in Lyon)". */
function bracketBefore(phrases: readonly Phrase[], at: number): number | undefined {
  for (let index = at; index >= Math.max(0, at - 8); index--) {
    const phrase = phrases[index]
    if (isOpening(phrase)) return index
    if (phrase?.kind === 'verb' || (phrase?.kind === 'break' && phrase.word === ')')) return undefined
  }
  return undefined
}

/** From a closing bracket to what stands before the opening one. */
function skipBrackets(phrases: readonly Phrase[], at: number): number {
  const phrase = phrases[at]
  if (phrase?.kind !== 'break' || phrase.word !== ')') return at
  let open = at - 1
  while (open > 0 && !isOpening(phrases[open])) open--
  return open - 1
}

const objective = /^(?:me|him|us|them)$/

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
    if (phrase?.kind === 'noun' && !(isPerson && isPlaceName(phrase))) return phrase
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

function isOpening(phrase: Phrase | undefined): boolean {
  return phrase?.kind === 'break' && phrase.word === '('
}

/** Whether a participle describes the noun before it, rather than make a clause of its own. */
export function isReduced(phrases: readonly Phrase[], index: number): boolean {
  const verb = phrases[index]
  if (verb?.kind !== 'verb' || (verb.form !== 'participle' && verb.form !== 'ing') || verb.passive || verb.perfect) return false
  const before = phrases[index - 1]
  const next = phrases[index + 1]
  if (verb.form === 'ing') return before?.kind === 'noun' && before.pronoun === undefined
  if (/^(?:call|name|know|base|locate|situate|bear|entitle|title|dub)$/.test(verb.lemma))
    return before?.kind === 'noun' || before?.kind === 'comma' || before?.kind === 'adverb' || before?.kind === 'break'
  if (next?.kind === 'preposition' && next.word === 'by') return true
  const second = phrases[index + 2]
  const by = phrases[index + 3]
  // "Written and directed by her"
  if (next?.kind === 'and' && second?.kind === 'verb' && second.form === 'participle' && by?.kind === 'preposition' && by.word === 'by')
    return before?.kind === 'noun'
  if (next?.kind !== 'preposition' || before?.kind !== 'noun' || before.pronoun !== undefined) return false
  return phrases.slice(lastBreak(phrases, index), index).some((phrase) => phrase.kind === 'verb')
}

function isPlaceName({ name }: NounPhrase): boolean {
  return name !== undefined && (places.has(name.text.toLowerCase()) || name.type === 'place')
}
