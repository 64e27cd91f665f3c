import type { ValidTime } from '@graphmem/core/spec'
import { anchored } from './calendar-time.ts'
import { outerPlaces, placesOf, type SubjectClause } from './clause-facts.ts'
import { giveName } from './copula-facts.ts'
import { wordNumber } from './lexicon/calendar.ts'
import { doers, type Frame, framesOf } from './lexicon/frames.ts'
import { isOccupation, personRelations } from './lexicon/people.ts'
import { places } from './lexicon/places.ts'
import { animals, vehicles } from './lexicon/things.ts'
import { kindText, snake, text } from './noun-facts.ts'
import type { NounPhrase } from './phrases.ts'
import { addFact, addSame, typeOf, type Value, voteType } from './reading.ts'
import { namedIndex, referent, relationOf } from './referents.ts'
import { type Course, validTime } from './valid-time.ts'

interface Filler {
  readonly slot: string
  readonly phrase: NounPhrase
  /** The noun that the preposition follows, for "of". */
  readonly after?: NounPhrase
}

/** What a verb other than "be" asserts of its subject. */
export function readVerb(part: SubjectClause): void {
  const { sentence, clause } = part
  const { verb } = clause
  const chained = verb.chain.at(-1)
  if (chained !== undefined && readChain(part, chained)) return
  if (readTimesOf(part)) return
  const fillers: Filler[] = [
    ...clause.objects.map((phrase) => ({ slot: 'object', phrase })),
    ...clause.obliques.flatMap((oblique) =>
      placesOf(sentence, oblique).map((phrase) => ({ slot: oblique.preposition, phrase, ...(oblique.after && { after: oblique.after }) })),
    ),
  ]
  if (verb.lemma === 'call' && nicknames(part, fillers)) return
  if (readStudy(part, fillers)) return
  if (/^(?:call|name|dub|know|entitle)$/.test(verb.lemma) && (verb.passive || clause.reduced)) return readCalled(part, fillers)
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
  if (allergen && filler.slot === 'object' && filler.phrase.pronoun === undefined)
    return add(part, 'allergic_to', filler.phrase, 'state', 0.85, false)
  if (filler.slot === 'object' && readPossession(part, filler.phrase)) return
  if (verb.lemma === 'stand' && verb.negated && filler.slot === 'object') return add(part, 'dislikes', filler.phrase, 'state', 0.9, false)
  if (
    /^(?:become|promote)$/.test(verb.lemma) &&
    (filler.slot === 'object' || filler.slot === 'to') &&
    filler.phrase.noun !== undefined &&
    filler.phrase.name === undefined
  ) {
    const isJob = verb.lemma === 'promote' || isOccupation(filler.phrase.noun)
    return add(part, isJob ? 'job_title' : 'become', filler.phrase, isJob ? 'start' : 'event', 0.85, verb.negated)
  }
  if (verb.lemma === 'promote' && filler.slot === 'at' && filler.phrase.name) {
    hint(part, filler.phrase, 'organisation')
    return add(part, 'works_at', filler.phrase, 'state', 0.8, verb.negated)
  }
  const doer = doers.get(verb.lemma)
  if ((verb.passive || clause.reduced || (verb.form === 'participle' && !verb.perfect)) && filler.slot === 'by')
    return readDoer(part, filler, doer)
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
    if (frame.predicate === 'works_at') hint(part, filler.phrase, 'organisation')
    if (/_in$|^from$/.test(frame.predicate)) hint(part, filler.phrase, 'place')
    const starts = /^(?:join|start|begin|hire)$/.test(verb.lemma) || verb.chain.includes('start') || verb.chain.includes('begin')
    const course = starts && frame.course === 'state' ? 'start' : frame.course
    const repeated = fillers.some(
      (each) =>
        each !== filler && each.slot !== filler.slot && frame.slots.includes(each.slot) && fillers.indexOf(each) < fillers.indexOf(filler),
    )
    if (repeated && frame.predicate === 'located_in') return
    add(part, predicate, filler.phrase, course, 0.9, verb.negated)
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

function outerOf({ sentence, clause }: SubjectClause, filler: Filler): readonly number[] {
  const oblique = clause.obliques.find((each) => each.nouns.includes(filler.phrase))
  return oblique ? outerPlaces(sentence, oblique) : []
}

function isTransparent(chain: readonly string[]): boolean {
  return chain.every((lemma) => /^(?:start|begin|keep|continue|go|come|manage)$/.test(lemma))
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
  if (frame.filler === 'any') return phrase.pronoun === undefined
  if (frame.filler === 'value')
    return (
      !named &&
      phrase.noun !== undefined &&
      phrase.owner === undefined &&
      (frame.verbs[0] !== 'read' ||
        /^(?:degree|master|masters|phd|bachelor|ba|bsc|msc|ma|mba|btech|doctorate|course|diploma)/.test(phrase.noun))
    )
  if (frame.filler === 'name') return named
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

function hint(part: SubjectClause, phrase: NounPhrase, type: 'organisation' | 'place'): void {
  if (phrase.name) voteType(part.sentence.reading, namedIndex(part.sentence, phrase.name), type, 3)
}

/** "directed by Nolan": told of who did it. Other verbs keep their "by". */
function readDoer(part: SubjectClause, { phrase }: Filler, predicate: string | undefined): void {
  const { sentence, clause, subject } = part
  const doer = referent(sentence, phrase)
  if (!doer) return
  if (predicate === undefined) return add(part, `${participle(part)}_by`, phrase, 'event', 0.75, clause.verb.negated)
  addFact(sentence.reading, {
    subject: doer.name,
    predicate,
    object: subject.name,
    span: sentence.span,
    valid: valid(part, 'event'),
    negated: clause.verb.negated,
    confidence: 0.85 * doer.confidence * subject.confidence,
  })
}

/** The name in "a collie, Fly," is no object of its own. */
function isGivenName({ sentence, clause }: SubjectClause, { slot, phrase }: Filler): boolean {
  if (slot !== 'object' || !phrase.name) return false
  const name = namedIndex(sentence, phrase.name)
  return (
    clause.objects.some((other) => other !== phrase && other.name === undefined && sentence.given.get(other.from) === name) ||
    (phrase.noun === undefined &&
      clause.objects.some(
        (other) =>
          other.to < phrase.from &&
          /s$/.test(other.noun ?? '') &&
          (animals.has((other.noun ?? '').slice(0, -1)) || personRelations.has(other.noun ?? '')),
      ))
  )
}

const degree =
  /^(?:degree|master'?s?|masters|phd|bachelor'?s?|ba|bsc|msc|ma|mba|btech|mtech|doctorate|diploma|undergrad|postgrad|internship|apprenticeship|residency)$/

/** "I'm doing a master's in civil engineering at TU Delft"; "went to UCD for veterinary medicine". */
function readStudy(part: SubjectClause, fillers: readonly Filler[]): boolean {
  const { verb } = part.clause
  const object = fillers.find((each) => each.slot === 'object' && degree.test(each.phrase.noun ?? ''))
  const subject = fillers.find((each) => each.slot === 'for' && each.phrase.noun !== undefined && each.phrase.name === undefined)
  const school = fillers.find((each) => each.slot === 'to' && each.phrase.name && !places.has(each.phrase.name.text.toLowerCase()))
  const went = verb.lemma === 'go' && school && subject
  if (!object && !went) return false
  if (object && !/^(?:do|study|finish|complete|get|earn|have|take|receive|start|begin|pursue)$/.test(verb.lemma)) return false
  if (went) {
    add(part, 'studied_at', school.phrase, 'event', 0.85, verb.negated)
    add(part, 'studies', subject.phrase, 'state', 0.8, verb.negated)
    return true
  }
  for (const each of fillers) {
    if (/^(?:at|from)$/.test(each.slot) && each.phrase.name) {
      hint(part, each.phrase, 'organisation')
      add(part, 'studied_at', each.phrase, verb.tense === 'present' ? 'state' : 'event', 0.9, verb.negated)
    } else if (each.slot === 'in' && each.phrase.name === undefined) add(part, 'studies', each.phrase, 'state', 0.85, verb.negated)
  }
  if (object) add(part, 'degree', object.phrase, 'event', 0.7, verb.negated)
  return true
}

/** "Everyone calls me Mei": a name of the speaker's. */
function nicknames({ sentence, clause }: SubjectClause, fillers: readonly Filler[]): boolean {
  const [me, nickname] = fillers
  if (me?.phrase.pronoun !== 'me' || !nickname?.phrase.name || clause.verb.negated) return false
  const speaker = referent(sentence, me.phrase)
  if (!speaker) return false
  const name = namedIndex(sentence, nickname.phrase.name)
  addSame(sentence.reading, speaker.name, name, 0.9)
  addFact(sentence.reading, {
    subject: speaker.name,
    predicate: 'named',
    object: text(nickname.phrase.name.text),
    span: sentence.span,
    confidence: 0.85,
  })
  return true
}

/** A dog called Rex; a man known as Bob. */
function readCalled(part: SubjectClause, fillers: readonly Filler[]): void {
  const { sentence, clause, subject } = part
  const { reading, span } = sentence
  const filler = fillers.find((each) => each.slot === 'object' || (each.slot === 'as' && each.after === undefined))
  if (!filler?.phrase.name || (clause.verb.lemma === 'know' && filler.slot !== 'as')) return
  const name = namedIndex(sentence, filler.phrase.name)
  if (name === subject.name) return
  if (filler.phrase.noun !== undefined) return
  const unnamed = reading.unnamed
  if (part.phrase?.pronoun !== undefined && unnamed && unnamed.predicate === 'has_pet') return giveName(sentence, name, unnamed)
  const entry = reading.entries[subject.name]
  const owner = entry?.of
  const noun = typeof entry?.name === 'string' ? entry.name : ''
  if (owner !== undefined)
    return giveName(sentence, name, { owner, predicate: animals.has(noun) ? 'has_pet' : (relationOf(noun) ?? snake(noun)), noun })
  addSame(reading, subject.name, name, 0.85)
  addFact(reading, { subject: subject.name, predicate: 'named', object: text(filler.phrase.name.text), span, confidence: 0.8 })
}

/** "I have a sister", "we got four kids", "adopted a dog". */
function readPossession(part: SubjectClause, phrase: NounPhrase): boolean {
  const { sentence, clause, subject } = part
  const { reading, span } = sentence
  const { verb } = clause
  if (!/^(?:have|get|adopt|own|keep|buy|foster|rescue)$/.test(verb.lemma) || verb.passive || phrase.noun === undefined) return false
  const singular = animals.has(phrase.noun) ? phrase.noun : phrase.noun.replace(/s$/, '')
  const isPet = animals.has(singular)
  const relation = personRelations.has(phrase.noun) ? relationOf(phrase.noun) : undefined
  if (
    !isPet &&
    (relation === undefined ||
      (verb.lemma === 'get' && verb.tense === 'past' && phrase.determiner === undefined && phrase.modifiers.length === 0))
  )
    return false
  const negated = verb.negated || phrase.determiner === 'no'
  const predicate = isPet ? 'has_pet' : (relation ?? 'has_child')
  const number = wordNumber(phrase.modifiers[0]?.lower ?? phrase.text.split(' ')[0]?.toLowerCase() ?? '')
  const course: Course = /^(?:adopt|buy|get|rescue)$/.test(verb.lemma) && verb.tense === 'past' ? 'start' : 'state'
  const base = { subject: subject.name, span, negated, valid: valid(part, course), confidence: 0.85 * subject.confidence }
  if (predicate === 'has_child' && number !== undefined && number > 1)
    addFact(reading, { ...base, predicate: 'number_of_children', object: { value: String(number), valueType: 'quantity' } })
  if (phrase.name) addFact(reading, { ...base, predicate, object: namedIndex(sentence, phrase.name) })
  else {
    const names = sentence.phrases.filter(
      (each): each is NounPhrase => each.kind === 'noun' && each.from >= phrase.to && each.name !== undefined && each.noun === undefined,
    )
    const direct = names.filter((each) => namesIt(part, phrase, each))
    for (const each of direct) if (each.name) addFact(reading, { ...base, predicate, object: namedIndex(sentence, each.name) })
    if (direct.length === 0) {
      addFact(reading, { ...base, predicate, object: text(kindText(phrase, singular)) })
      if (!negated) reading.unnamed = { owner: subject.name, predicate, noun: kindText(phrase, singular), plural: phrase.noun !== singular }
    }
  }
  return true
}

/** Whether a name after "a collie" is the collie's: after a comma, a colon, or "called". */
function namesIt(part: SubjectClause, phrase: NounPhrase, named: NounPhrase): boolean {
  const between = part.sentence.tokens.slice(phrase.to, named.from)
  if (between.length === 0) return false
  const opener = between[0]?.lower ?? ''
  if (!/^(?:,|:|-|–|—|called|named)$/.test(opener)) return false
  return between
    .slice(1)
    .every((token) => /^(?:,|and|&|called|named|little)$/.test(token.lower) || (token.tag === 'PROPN' && /s$/.test(phrase.noun ?? '')))
}

/** "I love hiking": what is done is liked. Whether the chain was one of those. */
function readChain(part: SubjectClause, chained: string): boolean {
  const { sentence, clause, subject } = part
  const liked = /^(?:love|like|enjoy|adore)$/.test(chained)
  if (!liked && chained !== 'hate') return false
  const { tokens, reading, span } = sentence
  const verbAt = clause.verb.to - 1
  const end = Math.max(
    verbAt + 1,
    ...clause.objects.map((each) => each.to),
    ...clause.obliques.slice(0, 1).map((each) => each.nouns[0]?.to ?? 0),
  )
  const words = tokens.slice(verbAt, end)
  const first = words[0]
  const last = words.at(-1)
  if (!first || !last || words.length > 8) return true
  const value = reading.passage.text.slice(first.start, last.end).replace(/\s+/g, ' ')
  addFact(reading, {
    subject: subject.name,
    predicate: liked ? 'likes' : 'dislikes',
    object: text(value),
    span,
    negated: clause.verb.negated,
    confidence: 0.8 * subject.confidence,
  })
  return true
}

const dated = new Map([
  ['bear', 'born_on'],
  ['die', 'died_on'],
  ['pass_away', 'died_on'],
  ['marry', 'married_on'],
  ['release', 'released_on'],
  ['pass', 'died_on'],
])

/** "turned 23 on 21 March": an age, and with it the birthday. */
function readTimesOf(part: SubjectClause): boolean {
  const { sentence, clause, subject } = part
  if (clause.verb.lemma !== 'turn') return false
  const age = wordNumber(clause.objects[0]?.text.toLowerCase() ?? '')
  if (age === undefined || age < 1 || age > 119) return false
  const { reading, span } = sentence
  addFact(reading, {
    subject: subject.name,
    predicate: 'age',
    object: { value: String(age), valueType: 'quantity' },
    span,
    valid: valid(part, 'start'),
    confidence: 0.85 * subject.confidence,
  })
  const found = clause.times[0]
  const day = found && anchored(found.time, reading.passage.at, false)
  if (day?.start !== undefined && day.precision === 'day') {
    const year = new Date(day.start).getUTCFullYear() - age
    addFact(reading, {
      subject: subject.name,
      predicate: 'born_on',
      object: { value: `${year}${day.value.slice(4)}`, valueType: 'date' },
      span,
      confidence: 0.75,
    })
  }
  return true
}

/** Dates that are what the verb tells: a birth, a death, a wedding; or all that it tells: "he retired in 2018". */
function readDates(part: SubjectClause, fillers: readonly Filler[]): void {
  const { sentence, clause, subject } = part
  const { reading, span } = sentence
  const { verb } = clause
  const found = clause.times.find((time) => time.relation === 'at')
  if (!found || verb.negated) return
  const time = anchored(found.time, reading.passage.at, verb.tense === 'future')
  const predicate = dated.get(verb.lemma)
  if (verb.form === 'ing' && clause.reduced) return
  if (verb.lemma === 'pass' && fillers.length > 0) return
  if (verb.lemma === 'marry')
    for (const { slot, phrase } of fillers)
      if (/^(?:in|at)$/.test(slot) && phrase.name) add(part, 'married_in', phrase, 'event', 0.85, false)
  if (predicate === undefined && (fillers.length > 0 || verb.chain.length > 0 || /^(?:have|get|do|make|let)$/.test(verb.lemma))) return
  addFact(reading, {
    subject: subject.name,
    predicate: predicate ?? `${snake(verb.passive ? participle(part) : verb.lemma)}_on`,
    object: { value: time.value, valueType: 'date' },
    span,
    valid: predicate === undefined ? valid(part, 'event') : {},
    confidence: (predicate === undefined ? 0.7 : 0.9) * subject.confidence,
  })
}

const lightNouns = new Set(
  'city town village county state province district region island republic kingdom municipality suburb parts part team band group series member members one version versions side end city cities borough commune country language use'.split(
    ' ',
  ),
)

function prepositionOf({ clause }: SubjectClause, noun: NounPhrase): string {
  return clause.obliques.find((oblique) => oblique.nouns.includes(noun))?.preposition ?? ''
}

const empty = new Set(
  'thing things lot lots bit way time times one ones kind sort part something anything nothing everything it that this some while fun'.split(
    ' ',
  ),
)

/** A verb that no frame knows: its base form, with the preposition, is the predicate. */
function readOpen(part: SubjectClause, { slot, phrase, after }: Filler, fillers: readonly Filler[]): void {
  const { sentence, clause } = part
  const { verb } = clause
  if (/^(?:let|seem|mean|think|guess|say|know|do|feel|look|sound|wonder|thank|be|happen|need)$/.test(verb.lemma) && !phrase.name) return
  const isDocument = sentence.reading.passage.kind === 'document'
  const named = phrase.name !== undefined || (phrase.pronoun === undefined && referent(sentence, phrase) !== undefined)
  if (!named && (phrase.pronoun !== undefined || phrase.noun === undefined || empty.has(phrase.noun))) return
  if (!named && slot !== 'object' && fillers.some((each) => each.slot === 'object')) return
  if (!named && phrase.text.split(' ').length > 6) return
  if (verb.lemma === 'become' && slot !== 'object') return
  if (verb.chain.length > 1) return
  const stem = `${verb.chain.length > 0 && !isTransparent(verb.chain) ? `${verb.chain.join('_to_')}_to_` : ''}${verb.passive || (clause.reduced && verb.form === 'participle') ? participle(part) : verb.lemma}`
  if (slot === 'object') return add(part, snake(stem), phrase, 'event', named ? 0.7 : 0.55, verb.negated)
  if (verb.lemma === 'marry') return
  if (after && after.name === undefined && after.noun !== undefined) {
    const object = clause.objects.at(-1)
    if (slot === 'of' && lightNouns.has(after.noun))
      return add(part, snake(after === object ? stem : `${stem} ${prepositionOf(part, after)}`), phrase, 'event', 0.65, verb.negated)
    if (slot === 'of' || !/^(?:in|at|from|by|as|during|on)$/.test(slot))
      return after === object && named ? add(part, snake(`${stem} ${after.noun} ${slot}`), phrase, 'event', 0.6, verb.negated) : undefined
    if (after !== object && slot !== 'in' && slot !== 'at') return
  }
  if (slot === 'of') return
  add(part, snake(`${stem} ${slot}`), phrase, 'event', named ? (isDocument ? 0.65 : 0.7) : 0.5, verb.negated)
}

function participle({ sentence, clause }: SubjectClause): string {
  const { verb } = clause
  const [, particle] = verb.lemma.split('_')
  const at = particle === undefined ? verb.to - 1 : verb.to - 2
  const word = sentence.tokens[at]?.lower ?? verb.lemma
  return particle === undefined ? word : `${word}_${particle}`
}

function add(part: SubjectClause, predicate: string, phrase: NounPhrase, course: Course, confidence: number, negated: boolean): void {
  const { sentence, subject } = part
  const meant = referent(sentence, phrase)
  if (phrase.name && vehicles.has(phrase.noun ?? '')) voteType(sentence.reading, namedIndex(sentence, phrase.name), 'product', 3)
  const object: number | Value | undefined = meant?.name ?? (phrase.pronoun === undefined ? text(valueOf(part, phrase)) : undefined)
  if (object === undefined) return
  addFact(sentence.reading, {
    subject: subject.name,
    predicate,
    object,
    span: sentence.span,
    valid: valid(part, course),
    negated: negated || phrase.determiner === 'no',
    confidence: confidence * subject.confidence * (meant?.confidence ?? 1),
  })
}

/** A thing in its words, with what it is of: "the growth of minority religions". */
function valueOf({ sentence, clause }: SubjectClause, phrase: NounPhrase): string {
  const words = phrase.noun === undefined ? phrase.text : kindText({ ...phrase, inner: [] }, phrase.noun)
  const complement = clause.obliques.find((oblique) => oblique.after === phrase && oblique.preposition === 'of')?.nouns[0]
  const last = complement && sentence.tokens[complement.to - 1]
  const first = sentence.tokens[phrase.to - 1]
  if (!last || !first || complement.to - phrase.to > 7) return words
  return `${words}${sentence.reading.passage.text.slice(first.end, last.end)}`.replace(/\s+/g, ' ')
}

function valid({ sentence, clause }: SubjectClause, course: Course): ValidTime {
  const { verb } = clause
  const tense = verb.lemma === 'base' && verb.tense === 'past' && !verb.former && verb.form === 'participle' ? 'present' : verb.tense
  return validTime({
    course,
    tense,
    perfect: verb.perfect,
    former: verb.former || verb.chain.includes('stop'),
    times: clause.times,
    at: sentence.reading.passage.at,
  })
}
