import { readAge, readDates } from './date-facts.ts'
import { doers, type Frame, framesOf } from './lexicon/frames.ts'
import { isOccupation } from './lexicon/people.ts'
import { places } from './lexicon/places.ts'
import { wordSet } from './lexicon/words.ts'
import { readCalled } from './naming-facts.ts'
import { text } from './noun-facts.ts'
import { isTransparent, readLiking, readOpen } from './open-facts.ts'
import type { NounPhrase } from './phrases.ts'
import { outerPlaces, placesOf } from './place-chains.ts'
import { isGivenName, readPossession } from './possession-facts.ts'
import { addFact, typeOf } from './reading.ts'
import { namedIndex, referent } from './referents.ts'
import { readStudy } from './study-facts.ts'
import { clauseTime, type Filler, hintType, participle, type SubjectClause, sayFiller } from './subject-clause.ts'

/** What a verb other than "be" asserts of its subject. */
export function readVerb(part: SubjectClause): void {
  const { sentence, clause } = part
  const { verb } = clause
  const chained = verb.chain.at(-1)
  if (chained !== undefined && readLiking(part, chained)) return
  if (readAge(part)) return
  const fillers: Filler[] = [
    ...clause.objects.map((phrase) => ({ slot: 'object', phrase })),
    ...clause.obliques.flatMap((oblique) =>
      placesOf(sentence, oblique).map((phrase) => ({ slot: oblique.preposition, phrase, ...(oblique.after && { after: oblique.after }) })),
    ),
  ]
  if (readStudy(part, fillers)) return
  if (/^(?:call|name|dub|know|entitle)$/.test(verb.lemma) && (verb.passive || clause.reduced)) {
    readCalled(part, fillers)
    return
  }
  for (const filler of fillers) readFiller(part, filler, fillers)
  readDates(part, fillers)
}

function readFiller(part: SubjectClause, filler: Filler, fillers: readonly Filler[]): void {
  const { clause } = part
  const { verb } = clause
  if (filler.phrase.pronoun !== undefined && !/^(?:me|him|her|it|us)$/.test(filler.phrase.pronoun)) return
  if (clause.reduced && verb.form === 'ing' && filler.phrase.name === undefined) return
  if (isGivenName(part, filler)) return
  const allergen = /^(?:have|eat|drink|avoid|take)$/.test(verb.lemma) && part.sentence.tokens.some((token) => token.lower === 'allergic')
  if (allergen && filler.slot === 'object' && filler.phrase.pronoun === undefined) {
    sayFiller(part, 'allergic_to', filler.phrase, 'state', 0.85, false)
    return
  }
  if (verb.lemma === 'have' && filler.slot === 'object' && readAllergy(part, filler.phrase)) return
  if (filler.slot === 'object' && readPossession(part, filler.phrase)) return
  if (verb.lemma === 'stand' && verb.negated && filler.slot === 'object') {
    sayFiller(part, 'dislikes', filler.phrase, 'state', 0.9, false)
    return
  }
  if (
    /^(?:become|promote)$/.test(verb.lemma) &&
    (filler.slot === 'object' || filler.slot === 'to') &&
    filler.phrase.noun !== undefined &&
    filler.phrase.name === undefined
  ) {
    const isJob = verb.lemma === 'promote' || isOccupation(filler.phrase.noun)
    sayFiller(part, isJob ? 'job_title' : 'become', filler.phrase, isJob ? 'start' : 'event', 0.85, verb.negated)
    return
  }
  if (verb.lemma === 'promote' && filler.slot === 'at' && filler.phrase.name) {
    hintType(part, filler.phrase, 'organisation')
    sayFiller(part, 'works_at', filler.phrase, 'state', 0.8, verb.negated)
    return
  }
  const doer = doers.get(verb.lemma)
  if ((verb.passive || clause.reduced || (verb.form === 'participle' && !verb.perfect)) && filler.slot === 'by') {
    readDoer(part, filler, doer)
    return
  }
  const frame =
    verb.chain.length > 0 && !isTransparent(verb.chain)
      ? undefined
      : (framesOf.get(verb.lemma) ?? []).find((each) => fits(part, each, filler))
  if (frame) {
    const predicate =
      frame.past !== undefined &&
      part.sentence.reading.passage.at === undefined &&
      (verb.tense === 'past' || verb.former) &&
      !verb.perfect &&
      frame.course === 'state' &&
      clause.times.length === 0
        ? frame.past
        : frame.predicate
    if (frame.predicate === 'works_at') hintType(part, filler.phrase, 'organisation')
    if (/_in$|^from$/.test(frame.predicate)) hintType(part, filler.phrase, 'place')
    const starts = /^(?:join|start|begin|hire)$/.test(verb.lemma) || verb.chain.includes('start') || verb.chain.includes('begin')
    const course = starts && frame.course === 'state' ? 'start' : frame.course
    const repeated = fillers.some(
      (each) =>
        each !== filler && each.slot !== filler.slot && frame.slots.includes(each.slot) && fillers.indexOf(each) < fillers.indexOf(filler),
    )
    if (repeated && frame.predicate === 'located_in' && !isPlaceChain(part, filler)) return
    sayFiller(part, predicate, filler.phrase, course, 0.9, verb.negated)
    if (predicate === 'located_in')
      for (const outer of outerOf(part, filler))
        addFact(part.sentence.reading, {
          subject: part.subject.name,
          predicate,
          object: outer,
          span: part.sentence.span,
          negated: verb.negated,
          confidence: 0.8 * part.subject.confidence,
        })
    return
  }
  readOpen(part, filler, fillers)
}

/** "Located in Wrightsboro, in Cape Fear Township": each is where it is. */
function isPlaceChain({ sentence, clause }: SubjectClause, filler: Filler): boolean {
  const until = clause.obliques.findIndex((each) => each.nouns.includes(filler.phrase))
  const named = filler.phrase.name !== undefined && typeOf(sentence.reading, namedIndex(sentence, filler.phrase.name)) === 'place'
  return named && clause.obliques.slice(0, until).every((each) => /^(?:in|on|at|near|of)$/.test(each.preposition))
}

const noPlaces = wordSet('home night work school weekends university college hospital town bed fear hope peace person public')

/** "i live in berlin": in chat a bare noun may be a name without its capital. */
function isUncapitalised({ sentence }: SubjectClause, phrase: NounPhrase): boolean {
  const bare = phrase.determiner === undefined && phrase.owner === undefined && phrase.modifiers.length === 0
  return (
    sentence.reading.passage.kind === 'turn' &&
    bare &&
    phrase.noun !== undefined &&
    phrase.noun === phrase.text &&
    !noPlaces.has(phrase.noun)
  )
}

function outerOf({ sentence, clause }: SubjectClause, filler: Filler): readonly number[] {
  const oblique = clause.obliques.find((each) => each.nouns.includes(filler.phrase))
  return oblique ? outerPlaces(sentence, oblique) : []
}

function fits(part: SubjectClause, frame: Frame, { slot, phrase }: Filler): boolean {
  const { sentence, clause } = part
  const { reading } = sentence
  if (!frame.slots.includes(slot) || (clause.verb.passive && slot === 'object')) return false
  const type = typeOf(reading, part.subject.name)
  if (frame.person && (type === 'organisation' || type === 'place' || type === 'work' || type === 'event')) return false
  const named = phrase.name !== undefined
  const known = named && phrase.name ? typeOf(reading, namedIndex(sentence, phrase.name)) : undefined
  const isPlace = known === 'place' || (phrase.name !== undefined && places.has(phrase.name.text.toLowerCase()))
  if (frame.filler === 'any') return phrase.pronoun === undefined && !(frame.predicate === 'drives' && known === 'person')
  if (frame.filler === 'value')
    return (
      !named &&
      phrase.noun !== undefined &&
      phrase.owner === undefined &&
      (frame.verbs[0] !== 'read' ||
        /^(?:degree|master|masters|phd|bachelor|ba|bsc|msc|ma|mba|btech|doctorate|course|diploma)/.test(phrase.noun))
    )
  if (frame.filler === 'name') return named || isUncapitalised(part, phrase)
  if (frame.filler === 'subject')
    return phrase.pronoun === undefined && !isPlace && known !== 'person' && known !== 'organisation' && phrase.owner === undefined
  if (frame.filler === 'place') return named && isPlace
  if (!named || isPlace || known === 'person' || known === 'work' || known === 'event') return false
  return (
    known === 'organisation' ||
    ((/^(?:join|leave|quit|attend)$/.test(clause.verb.lemma) || slot === 'at' || slot === 'for' || slot === 'with') &&
      reading.passage.kind !== 'document')
  )
}

/** "I have a peanut allergy." */
function readAllergy(part: SubjectClause, phrase: NounPhrase): boolean {
  const allergen = phrase.modifiers.map((word) => word.lower).join(' ')
  if (!/^allerg(?:y|ies)$/.test(phrase.noun ?? '') || allergen === '') return false
  const negated = part.clause.verb.negated || phrase.determiner === 'no'
  addFact(part.sentence.reading, {
    subject: part.subject.name,
    predicate: 'allergic_to',
    object: text(allergen),
    span: part.sentence.span,
    negated,
    confidence: 0.85,
  })
  return true
}

/** "directed by Nolan": told of who did it. Other verbs keep their "by". */
function readDoer(part: SubjectClause, { phrase }: Filler, predicate: string | undefined): void {
  const { sentence, clause, subject } = part
  const doer = referent(sentence, phrase)
  if (!doer) return
  if (predicate === undefined) {
    sayFiller(part, `${participle(part)}_by`, phrase, 'event', 0.75, clause.verb.negated)
    return
  }
  addFact(sentence.reading, {
    subject: doer.name,
    predicate,
    object: subject.name,
    span: sentence.span,
    valid: clauseTime(part, 'event'),
    negated: clause.verb.negated,
    confidence: 0.85 * doer.confidence * subject.confidence,
  })
}
