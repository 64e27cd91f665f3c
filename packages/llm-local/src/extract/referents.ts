import type { NameSpan } from './find-names.ts'
import { feminine, masculine, personRelations, relations } from './lexicon/people.ts'
import { nationalities, placeHeads } from './lexicon/places.ts'
import { animals, organisationKinds, workKinds } from './lexicon/things.ts'
import type { NounPhrase } from './phrases.ts'
import { addMention, isSpeaker, nameIndex, notice, speakerIndex, typeOf, voteType } from './reading.ts'
import type { SentenceReading } from './sentence-reading.ts'

/** Whom or what a phrase means, and how sure that is. */
export interface Referent {
  readonly name: number
  readonly confidence: number
}

/** The name that a phrase stands for; `undefined` for a thing without one. */
export function referent(sentence: SentenceReading, phrase: NounPhrase): Referent | undefined {
  const { reading } = sentence
  if (phrase.pronoun !== undefined) return pronounReferent(sentence, phrase)
  if (phrase.name) {
    const name = namedIndex(sentence, phrase.name)
    if (phrase.noun !== undefined && personRelations.has(phrase.noun)) notice(reading, name, genderOf(phrase.noun))
    return { name, confidence: 1 }
  }
  if (phrase.noun === undefined) return undefined
  const [inner, ...others] = phrase.inner
  // "The Crimea peninsula" is the Crimea.
  if (
    inner &&
    others.length === 0 &&
    inner.to === phrase.to - 1 &&
    placeHeads.has(phrase.noun) &&
    !nationalities.has(inner.text.toLowerCase())
  ) {
    return { name: namedIndex(sentence, inner), confidence: 0.9 }
  }
  const relative = relativeReferent(sentence, phrase)
  if (relative) return relative
  if (phrase.owner !== undefined) return undefined
  const known =
    phrase.determiner === 'the' || phrase.determiner === 'this'
      ? (reading.definite.get(phrase.noun) ?? topicOfKind(sentence, phrase.noun))
      : undefined
  return known === undefined ? undefined : { name: known, confidence: 0.75 }
}

/** "The film" in an article about a film. */
function topicOfKind({ reading }: SentenceReading, noun: string): number | undefined {
  if (reading.topic === undefined) return undefined
  const type = typeOf(reading, reading.topic)
  const fits =
    (type === 'work' && workKinds.has(noun)) ||
    (type === 'organisation' && organisationKinds.has(noun)) ||
    (type === 'place' &&
      /^(?:city|town|village|county|district|country|river|lake|island|park|municipality|township|area|region|province|community|building|garden)$/.test(
        noun,
      ))
  return fits ? reading.topic : undefined
}

/** The place of a name that stands in the sentence. */
export function namedIndex(sentence: SentenceReading, name: NameSpan): number {
  return nameIndex(sentence.reading, name.text)
}

/** "my sister", who has no name here; in a family's way, "mum" needs no "my". */
function relativeReferent(sentence: SentenceReading, phrase: NounPhrase): Referent | undefined {
  const { reading, tokens } = sentence
  const given = sentence.given.get(phrase.from)
  if (given !== undefined) return { name: given, confidence: 1 }
  const noun = phrase.noun ?? ''
  const isPet = animals.has(noun)
  if (!personRelations.has(noun) && !isPet) return undefined
  const isSpoken = reading.passage.speaker !== undefined
  const bare =
    phrase.owner === undefined &&
    phrase.determiner === undefined &&
    isSpoken &&
    /^(?:amma|appa|mum|mom|dad|grandma|granny|nan|grandpa|da|mam|papa|mama)$/.test(noun)
  const ours =
    phrase.determiner === 'the' && isSpoken && /^(?:wife|husband|missus|sister|brother|kids|boyfriend|girlfriend|mother|father)$/.test(noun)
  const owner = phrase.owner ? referent(sentence, phrase.owner)?.name : bare || ours ? speakerIndex(reading) : undefined
  if (owner === undefined) return undefined
  const token = tokens[phrase.to - 1]
  const name = nameIndex(reading, noun, owner)
  if (token) addMention(reading, name, token)
  voteType(reading, name, isPet ? 'animal' : 'person', 8)
  notice(reading, name, genderOf(noun))
  return { name, confidence: 1 }
}

function pronounReferent(sentence: SentenceReading, phrase: NounPhrase): Referent | undefined {
  const { reading, tokens } = sentence
  const token = tokens[phrase.from]
  const pronoun = phrase.pronoun ?? ''
  if (/^(?:i|me|my|myself|we|us|our|ourselves)$/.test(pronoun)) {
    const name = speakerIndex(reading)
    if (name === undefined) return undefined
    if (token) addMention(reading, name, token)
    return { name, confidence: 1 }
  }
  if (/^(?:he|him|his|himself)$/.test(pronoun)) return lastPerson(sentence, 'masculine', phrase.from)
  if (/^(?:she|her|herself)$/.test(pronoun)) return lastPerson(sentence, 'feminine', phrase.from)
  if (/^(?:it|its|itself)$/.test(pronoun)) return topic(sentence, (type) => type !== 'person')
  return undefined
}

function lastPerson(sentence: SentenceReading, gender: 'masculine' | 'feminine', position: number): Referent | undefined {
  const { reading } = sentence
  const isDocument = reading.passage.kind === 'document'
  const subject = isDocument ? aboutPerson(sentence, gender) : undefined
  if (subject) return subject
  const beside = isDocument
    ? sentence.names.findLast((each) => each.to <= position && typeOf(reading, namedIndex(sentence, each)) === 'person')
    : undefined
  if (beside && beside.to > position - 4) return { name: namedIndex(sentence, beside), confidence: 0.7 }
  const found = reading.people.findLast(
    (each) =>
      (each.gender === undefined || each.gender === gender) &&
      !isSpeaker(reading, each.name) &&
      (!isDocument || typeOf(reading, each.name) === 'person'),
  )
  if (found) {
    if (found.gender === undefined) notice(reading, found.name, gender)
    return { name: found.name, confidence: found.gender === gender ? 0.85 : 0.7 }
  }
  const named = isDocument
    ? undefined
    : sentence.names.find((each) => ['person', 'other', 'animal'].includes(typeOf(reading, namedIndex(sentence, each))))
  if (named) return { name: namedIndex(sentence, named), confidence: 0.6 }
  return topic(sentence, (type) => type === 'person' || type === 'other')
}

/** An article about a person means that person by "he" or "she", unless the other is the one known of them. */
function aboutPerson({ reading }: SentenceReading, gender: 'masculine' | 'feminine'): Referent | undefined {
  if (reading.topic === undefined || typeOf(reading, reading.topic) !== 'person') return undefined
  const known = reading.people.find((each) => each.name === reading.topic)?.gender
  if (known !== undefined && known !== gender) return undefined
  notice(reading, reading.topic, gender)
  return { name: reading.topic, confidence: 0.8 }
}

function topic({ reading }: SentenceReading, fits: (type: string) => boolean): Referent | undefined {
  return reading.topic !== undefined && fits(typeOf(reading, reading.topic)) ? { name: reading.topic, confidence: 0.7 } : undefined
}

export function genderOf(noun: string): 'masculine' | 'feminine' | undefined {
  if (masculine.has(noun)) return 'masculine'
  return feminine.has(noun) ? 'feminine' : undefined
}

/** The predicate of a word for what one is to another, as "mum" for `mother`. */
export function relationOf(noun: string | undefined): string | undefined {
  return noun === undefined ? undefined : (relations.get(noun) ?? relations.get(noun.replace(/s$/, '')))
}
