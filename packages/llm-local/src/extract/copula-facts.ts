import type { Clause, Oblique } from './clause.ts'
import type { NameSpan } from './find-names.ts'
import { wordNumber } from './lexicon/calendar.ts'
import { isOccupation, personRelations } from './lexicon/people.ts'
import { nationalities, placeKinds, places } from './lexicon/places.ts'
import { diets, traits } from './lexicon/things.ts'
import { wordSet } from './lexicon/words.ts'
import { sayName } from './naming-facts.ts'
import { kindText, sayKind, snake, text } from './noun-facts.ts'
import type { NounPhrase } from './phrases.ts'
import { outerPlaces, placesOf } from './place-chains.ts'
import { addFact, isSpeaker, typeOf, voteType } from './reading.ts'
import { namedIndex, referent, relationOf } from './referents.ts'
import type { SentenceReading } from './sentence-reading.ts'
import { type SubjectClause, stateTime } from './subject-clause.ts'

const lightNouns = wordSet('one part parts some number list series kind type sort set group pair')
const adjectiveLinks = wordSet(
  'allergic scared afraid terrified married engaged famous notable fond proud interested close native similar adjacent contiguous home parallel addicted related opposed based loyal immune new',
)

/** "Priya is a nurse at Guy's": what somebody or something is. */
export function readCopula(part: SubjectClause): void {
  const { sentence, clause, subject } = part
  const { reading, span } = sentence
  const negated = clause.verb.negated
  const base = { subject: subject.name, span, negated, valid: stateTime(sentence, clause) }
  const person = isPerson(part)
  if (clause.verb.tense === 'future') return
  for (const complement of clause.objects) readComplement(part, complement, person)
  const noun = clause.objects[0]
  for (const oblique of clause.obliques) {
    for (const phrase of placesOf(sentence, oblique)) {
      const object = referent(sentence, phrase)
      const adjective = clause.adjectives.at(-1)
      if (adjective === 'part' && oblique.preposition === 'of' && !noun) {
        if (object) addFact(reading, { ...base, predicate: 'part_of', object: object.name, confidence: 0.85 * subject.confidence })
      } else if (adjective !== undefined && !noun) {
        if (
          adjectiveLinks.has(adjective) &&
          !(phrase.pronoun !== undefined && !object) &&
          sentence.tokens.some((token) => token.lower === adjective && token.tag === 'ADJ') &&
          (person || object)
        ) {
          const predicate = snake(`${adjective} ${oblique.preposition}`)
          addFact(reading, { ...base, predicate, object: object?.name ?? text(phrase.text), confidence: 0.8 * subject.confidence })
        }
      } else if (object) prepositional(part, oblique, phrase, object.name, clause.objects.find((each) => each === oblique.after) ?? noun)
      else if (!noun && person && /^(?:into|about)$/.test(oblique.preposition))
        addFact(reading, { ...base, predicate: 'likes', object: text(phrase.text), confidence: 0.75 * subject.confidence })
    }
  }
  if (person) for (const adjective of clause.adjectives) trait(part, adjective)
}

function readComplement(part: SubjectClause, complement: NounPhrase, person: boolean): void {
  const { sentence, clause, subject } = part
  const { reading, span } = sentence
  const negated = clause.verb.negated
  const base = { subject: subject.name, span, negated, valid: stateTime(sentence, clause) }
  const words = complement.text.toLowerCase()
  const age = person ? ageOf(complement, clause) : undefined
  if (age !== undefined) {
    addFact(reading, {
      ...base,
      predicate: 'age',
      object: { value: String(age), valueType: 'quantity' },
      confidence: 0.8 * subject.confidence,
    })
    return
  }
  if (complement.name && complement.noun === undefined) {
    const name = namedIndex(sentence, complement.name)
    const isIntroduction = isSpeaker(reading, subject.name) && introduces(sentence, complement.name)
    if (isIntroduction && !nationalities.has(words) && typeOf(reading, name) !== 'place' && !negated) {
      voteType(reading, name, 'person', 4)
      sayName(sentence, subject.name, name, 0.9)
      addFact(reading, { subject: subject.name, predicate: 'named', object: text(complement.name.text), span, confidence: 0.85 })
    } else if (nationalities.has(words))
      addFact(reading, { ...base, predicate: 'nationality', object: name, confidence: 0.85 * subject.confidence })
    else if (clause.objects[0] === complement && complement.from === clause.verb.to && complement.owner === undefined)
      addFact(reading, { ...base, predicate: 'is', object: name, confidence: 0.6 * subject.confidence })
    return
  }
  if (complement.noun === undefined || complement.pronoun !== undefined) return
  const relation = relationOf(complement.noun)
  if (complement.owner && relation !== undefined) {
    const owner = referent(sentence, complement.owner)
    if (owner) {
      voteType(reading, subject.name, 'person', 5)
      addFact(reading, {
        ...base,
        subject: owner.name,
        predicate: relation,
        object: subject.name,
        confidence: 0.9 * owner.confidence * subject.confidence,
      })
    }
    return
  }
  if (complement.owner) {
    const owner = referent(sentence, complement.owner)
    if (owner)
      addFact(reading, {
        ...base,
        subject: owner.name,
        predicate: snake(complement.noun),
        object: subject.name,
        confidence: 0.75 * owner.confidence,
      })
    return
  }
  if (relation !== undefined && clause.obliques.some((oblique) => oblique.preposition === 'of' && oblique.nouns[0]?.name)) return
  if (traits.has(complement.noun)) {
    trait(part, complement.noun)
    return
  }
  if (!isDetermined(complement, clause) || (complement.determiner === undefined && complement.modifiers[0]?.tag === 'NUM')) return
  if (person && isOccupation(complement.noun) && sentence.reading.passage.kind !== 'document') {
    voteType(reading, subject.name, 'person', 3)
    addFact(reading, {
      ...base,
      predicate: 'job_title',
      object: text(kindText(complement, complement.noun)),
      confidence: 0.9 * subject.confidence,
    })
  } else if (
    !/^(?:thing|things|lot|bit|time|way|one|reason|idea|fun|part|mess|day|place|number|result|case|fan|member)$/.test(complement.noun)
  ) {
    if (isOccupation(complement.noun))
      addFact(reading, {
        ...base,
        predicate: 'job_title',
        object: text(kindText(complement, complement.noun)),
        confidence: 0.8 * subject.confidence,
      })
    sayKind(sentence, subject.name, complement, 0.85 * subject.confidence, negated)
  }
}

/** A bare noun after "be" is an adjective that was misread ("very patient"), or what somebody does ("is professor of law"). */
function isDetermined(complement: NounPhrase, clause: Clause): boolean {
  if (complement.determiner !== undefined) return !/^(?:no|any|every|each|some)$/.test(complement.determiner)
  return isOccupation(complement.noun ?? '') || (clause.objects[0] === complement && (complement.noun ?? '').endsWith('s'))
}

/** "at Mayo Clinic", "in Poland", "of France" after a form of "be" and perhaps a noun. */
function prepositional(part: SubjectClause, oblique: Oblique, phrase: NounPhrase, object: number, noun: NounPhrase | undefined): void {
  const { sentence, clause, subject } = part
  const { preposition } = oblique
  const { reading, span } = sentence
  const type = typeOf(reading, object)
  const person = isPerson(part)
  const base = { subject: subject.name, object, span, negated: clause.verb.negated, valid: stateTime(sentence, clause) }
  const add = (predicate: string, confidence: number): void =>
    addFact(reading, { ...base, predicate, confidence: confidence * subject.confidence })
  const kind = noun?.noun ?? ''
  if (noun && (kind === '' || /^(?:miles?|km|kilomet(?:er|re)s?|feet|met(?:er|re)s?|minutes?|hours?|acres?|states)$/.test(kind))) return
  const inPlace = !person && (noun === undefined || clause.objects.some((each) => placeKinds.has(each.noun ?? '')))
  if (oblique.after && oblique.after !== noun && !(inPlace && /^(?:in|of)$/.test(preposition) && type === 'place')) return
  if (preposition === 'of' && inPlace) {
    for (const outer of outerPlaces(sentence, oblique))
      addFact(reading, { ...base, object: outer, predicate: 'located_in', confidence: 0.75 * subject.confidence })
  }
  if (preposition === 'of' && inPlace && oblique.after !== noun) add('located_in', 0.75)
  else if (preposition === 'of' && noun?.noun !== undefined) {
    const relation = relationOf(kind)
    if (relation !== undefined && personRelations.has(kind))
      addFact(reading, { ...base, subject: object, predicate: relation, object: subject.name, confidence: 0.85 })
    else if (lightNouns.has(kind)) add('part_of', 0.75)
    else add(kind === 'capital' ? 'capital_of' : kind === 'member' ? 'member_of' : kind === 'part' ? 'part_of' : `${snake(kind)}_of`, 0.85)
  } else if (preposition === 'from') add('from', 0.85)
  else if (/^(?:in|near|at|on|outside)$/.test(preposition) && inPlace) {
    add(preposition === 'near' ? 'near' : 'located_in', 0.8)
    for (const outer of outerPlaces(sentence, oblique))
      addFact(reading, { ...base, object: outer, predicate: 'located_in', confidence: 0.75 * subject.confidence })
  } else if (preposition === 'at' && person && reading.passage.kind === 'document' && type !== 'organisation')
    add(`${snake(kind || 'is')}_at`, 0.7)
  else if (preposition === 'at' && person) add(/student|studying/.test(kind) ? 'studied_at' : 'works_at', 0.85)
  else if ((preposition === 'with' || preposition === 'for') && person && (noun ? isOccupation(kind) : type === 'organisation'))
    add(reading.passage.kind === 'document' ? `${snake(kind || 'be')}_${preposition}` : 'works_at', 0.75)
  else if (preposition === 'in' && person) add(type === 'organisation' ? 'member_of' : noun ? `${snake(kind)}_in` : 'is_in', 0.7)
  else if (
    noun &&
    phrase.name &&
    !(person && reading.passage.kind !== 'document') &&
    /^(?:by|for|in|at|on|to|with|between|near)$/.test(preposition)
  )
    add(`${snake(kind)}_${preposition}`, 0.65)
  else if (!noun && preposition === 'into') add('likes', 0.75)
}

function trait(part: SubjectClause, adjective: string): void {
  const { sentence, clause, subject } = part
  if (!traits.has(adjective) || clause.obliques.some((oblique) => oblique.preposition === 'to')) return
  const predicate = diets.has(adjective)
    ? 'diet'
    : /^(?:married|single|divorced|engaged|widowed)$/.test(adjective)
      ? 'marital_status'
      : 'is'
  addFact(sentence.reading, {
    subject: subject.name,
    predicate,
    object: text(adjective),
    span: sentence.span,
    valid: stateTime(sentence, clause),
    negated: clause.verb.negated,
    confidence: 0.8 * subject.confidence,
  })
}

function ageOf(complement: NounPhrase, clause: Clause): number | undefined {
  const words = complement.text.toLowerCase().split(' ')
  const number = wordNumber(words[0] ?? '')
  if (number === undefined || number < 1 || number > 119 || complement.name) return undefined
  if (words.length === 1) return clause.obliques.length === 0 && words[0] !== 'one' ? number : undefined
  return /^years?$/.test(words[1] ?? '') && (words.length > 2 || clause.adjectives.includes('old')) ? number : undefined
}

function isPerson({ sentence, subject, phrase }: SubjectClause): boolean {
  const type = typeOf(sentence.reading, subject.name)
  if (phrase?.pronoun !== undefined && /^(?:he|she|i|we)$/.test(phrase.pronoun)) return true
  if (phrase?.name && places.has(phrase.name.text.toLowerCase())) return false
  return (
    type === 'person' ||
    (type === 'other' && sentence.reading.passage.kind !== 'document' && sentence.reading.passage.speaker !== undefined)
  )
}

/** Whether a name stands right behind "I am", with nothing behind it that it would belong to: not "I'm reading Dune", "That'd be great, Maria", "I'm Potter mad". */
function introduces({ tokens }: SentenceReading, name: NameSpan): boolean {
  const [subject, verb] = [tokens[name.from - 2], tokens[name.from - 1]]
  const next = tokens[name.to]
  return (
    subject?.lower === 'i' &&
    (verb?.lower === "'m" || verb?.lower === 'am') &&
    (next === undefined || next.tag === 'PUNCT' || /^(?:and|but|from|by)$/.test(next.lower))
  )
}
