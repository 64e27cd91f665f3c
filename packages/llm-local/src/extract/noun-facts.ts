import { isOccupation, personRelations } from './lexicon/people.ts'
import { faiths, nationalities, placeKinds, places } from './lexicon/places.ts'
import { animals, organisationKinds, vehicles, workKinds } from './lexicon/things.ts'
import type { NounPhrase, Phrase } from './phrases.ts'
import { addFact, notice, type Value, voteType } from './reading.ts'
import { genderOf, namedIndex, referent, relationOf } from './referents.ts'
import type { SentenceReading } from './sentence-reading.ts'

/** What noun phrases say by themselves: "my sister Priya", "a collie, Fly", "the guitarist Jim Page". */
export function readNouns(sentence: SentenceReading): void {
  const { phrases } = sentence
  for (const [index, phrase] of phrases.entries()) {
    if (phrase.kind !== 'noun') continue
    if (phrase.name) apposed(sentence, phrase, phrase, 1)
    else for (const [place, name] of namesAfter(phrases, index).entries()) apposed(sentence, phrase, name, place === 0 ? 0.95 : 0.9)
    nameRest(sentence, phrase, index)
    if (phrase.name) described(sentence, phrase, phrases, index)
  }
}

/** The names that a common noun is followed by and that name it: ", Fly," or "called Angus" or "Tom and Jerry". */
function namesAfter(phrases: readonly Phrase[], index: number): readonly NounPhrase[] {
  const phrase = phrases[index] as NounPhrase
  if (phrase.noun === undefined || phrase.pronoun !== undefined || phrase.name) return []
  const next = phrases[index + 1]
  const after = phrases[index + 2]
  const called = next?.kind === 'verb' && /^(?:call|name)$/.test(next.lemma) && next.form === 'participle' && !next.passive
  const colon =
    (next?.kind === 'comma' || (next?.kind === 'break' && /^[:–—-]$/.test(next.word))) &&
    (personRelations.has(phrase.noun) || animals.has(phrase.noun) || isPlural(phrase))
  if ((!called && !colon) || after?.kind !== 'noun' || !after.name || after.owner) return []
  const names = [after]
  if (!isPlural(phrase)) return names
  for (let at = index + 3; at < phrases.length; at++) {
    const each = phrases[at]
    if (each?.kind === 'noun' && each.name && !each.owner) names.push(each)
    else if (each?.kind !== 'comma' && each?.kind !== 'and') break
  }
  return names
}

function isPlural(phrase: NounPhrase): boolean {
  return (
    phrase.noun !== undefined &&
    (/^(?:children|kids|people|mice)$/.test(phrase.noun) || (/[^s]s$/.test(phrase.noun) && phrase.noun.length > 3))
  )
}

/** "Two cats called Tom and Jerry": what stands after the first name bears one too. */
function nameRest(sentence: SentenceReading, phrase: NounPhrase, index: number): void {
  if (!phrase.name || !isPlural(phrase) || !(animals.has((phrase.noun ?? '').slice(0, -1)) || personRelations.has(phrase.noun ?? '')))
    return
  for (let at = index + 1; at < sentence.phrases.length; at++) {
    const each = sentence.phrases[at]
    if (each?.kind === 'noun' && each.name && each.noun === undefined && !each.owner) apposed(sentence, phrase, each, 0.9)
    else if (each?.kind !== 'comma' && each?.kind !== 'and') break
  }
}

/** A name and the noun beside it. */
function apposed(sentence: SentenceReading, phrase: NounPhrase, named: NounPhrase, confidence: number): void {
  if (phrase.noun === undefined || !named.name) return
  const { reading, span } = sentence
  const name = namedIndex(sentence, named.name)
  const singular = isPlural(phrase) && animals.has(phrase.noun.slice(0, -1)) ? phrase.noun.slice(0, -1) : phrase.noun
  const relation = relationOf(phrase.noun)
  const owner = phrase.owner ? referent(sentence, phrase.owner) : undefined
  if (phrase !== named && !isPlural(phrase)) sentence.given.set(phrase.from, name)
  if (relation !== undefined && personRelations.has(phrase.noun)) {
    voteType(reading, name, 'person', 6)
    notice(reading, name, genderOf(phrase.noun))
    if (owner) addFact(reading, { subject: owner.name, predicate: relation, object: name, span, confidence: confidence * owner.confidence })
    if (owner && phrase.modifiers.some((word) => isOccupation(word.lower)))
      addFact(reading, {
        subject: name,
        predicate: 'job_title',
        object: text(phrase.modifiers.map((word) => word.lower).join(' ')),
        span,
        confidence: 0.5,
      })
  } else if (animals.has(singular)) {
    voteType(reading, name, 'animal', 6)
    notice(reading, name, genderOf(singular))
    addFact(reading, { subject: name, predicate: 'is_a', object: text(kindText(phrase, singular)), span, confidence: 0.9 * confidence })
    if (owner)
      addFact(reading, { subject: owner.name, predicate: 'has_pet', object: name, span, confidence: confidence * owner.confidence })
  } else if (isOccupation(phrase.noun) && !phrase.owner) {
    voteType(reading, name, 'person', 4)
    notice(reading, name)
    addFact(reading, {
      subject: name,
      predicate: 'job_title',
      object: text(phrase === named ? phrase.noun : kindText(phrase, phrase.noun)),
      span,
      confidence: 0.8 * confidence,
    })
  } else if (workKinds.has(singular)) {
    voteType(reading, name, 'work', 4)
    if (owner)
      addFact(reading, { subject: owner.name, predicate: snake(singular), object: name, span, confidence: 0.75 * owner.confidence })
  } else if (placeKinds.has(singular)) voteType(reading, name, 'place', 2)
  else if (vehicles.has(singular)) voteType(reading, name, 'product', 3)
  else if (
    phrase.to === phrase.name?.to &&
    phrase.determiner !== undefined &&
    /called|named/.test(reading.passage.text.slice(span.start, span.end))
  )
    addFact(reading, { subject: name, predicate: 'is_a', object: text(kindText(phrase, phrase.noun)), span, confidence: 0.75 })
  else if (owner && phrase !== named) {
    addFact(reading, { subject: owner.name, predicate: snake(phrase.noun), object: name, span, confidence: 0.8 * confidence })
  }
}

/** "Peter Smith, a Hungarian film director, …": what a name is said to be, between commas. */
function described(sentence: SentenceReading, phrase: NounPhrase, phrases: readonly Phrase[], index: number): void {
  const { reading, span } = sentence
  const comma = phrases[index + 1]
  const kind = phrases[index + 2]
  if (comma?.kind !== 'comma' || kind?.kind !== 'noun' || !phrase.name) return
  const closing = phrases[index + 3]
  const closes =
    closing === undefined ||
    ['comma', 'break', 'preposition', 'relative'].includes(closing.kind) ||
    (closing.kind === 'verb' && closing.form === 'participle')
  const determined = kind.determiner !== undefined && /^(?:a|an|the)$/.test(kind.determiner)
  const inPhrase = phrases[index - 1]?.kind === 'preposition'
  const inList = phrases[index - 1]?.kind === 'comma' && phrases[index - 2]?.kind === 'noun' && kind.determiner === 'the'
  if (!closes || inList || (inPhrase && kind.determiner === 'the' && kind.noun !== 'capital')) return
  const name = namedIndex(sentence, phrase.name)
  const relation = relationOf(kind.noun)
  if (kind.owner && relation !== undefined && !kind.name) {
    const owner = referent(sentence, kind.owner)
    if (owner) {
      voteType(reading, name, 'person', 5)
      addFact(reading, { subject: owner.name, predicate: relation, object: name, span, confidence: 0.85 * owner.confidence })
    }
  } else if (!kind.name && kind.noun !== undefined && !kind.owner) {
    if ((isOccupation(kind.noun) || personRelations.has(kind.noun)) && places.has(phrase.name.text.toLowerCase())) return
    if (determined) sayKind(sentence, name, kind, 0.85)
    const preposition = phrases[index + 3]
    const place = phrases[index + 4]
    if (preposition?.kind !== 'preposition' || !/^(?:of|in|at|for)$/.test(preposition.word) || place?.kind !== 'noun' || !place.name) return
    const object = referent(sentence, place)
    const opens = phrases.slice(0, index).every((each) => each.kind !== 'verb')
    if (object && (determined || (preposition.word === 'of' && opens))) sayLink(sentence, name, kind.noun, preposition.word, object.name)
  }
}

/** "…, a village in Kent", "…, daughter of Sir Hugh". */
function sayLink({ reading, span }: SentenceReading, subject: number, noun: string, preposition: string, object: number): void {
  const relation = preposition === 'of' && personRelations.has(noun) ? relationOf(noun) : undefined
  if (relation !== undefined) addFact(reading, { subject: object, predicate: relation, object: subject, span, confidence: 0.8 })
  else
    addFact(reading, {
      subject,
      predicate: placeKinds.has(noun) && preposition === 'in' ? 'located_in' : snake(`${noun} ${preposition}`),
      object,
      span,
      confidence: 0.75,
    })
}

/** That something is of a kind, with its nationality: "a Hungarian film director". */
export function sayKind(sentence: SentenceReading, subject: number, kind: NounPhrase, confidence: number, negated = false): void {
  const { reading, span } = sentence
  const noun = kind.noun ?? ''
  if (isOccupation(noun)) voteType(reading, subject, 'person', 5)
  else if (animals.has(noun)) voteType(reading, subject, 'animal', 3)
  else if (workKinds.has(noun)) voteType(reading, subject, 'work', 5)
  else if (organisationKinds.has(noun)) voteType(reading, subject, 'organisation', 5)
  else if (placeKinds.has(noun)) voteType(reading, subject, 'place', 5)
  for (const inner of kind.inner) {
    if (!nationalities.has(inner.text.toLowerCase()) || faiths.has(inner.text.toLowerCase())) continue
    addFact(reading, {
      subject,
      predicate: 'nationality',
      object: namedIndex(sentence, inner),
      span,
      negated,
      confidence: 0.9 * confidence,
    })
  }
  if (noun.length > 2 && !reading.definite.has(noun)) reading.definite.set(noun, subject)
  addFact(reading, { subject, predicate: 'is_a', object: text(kindText(kind, noun)), span, negated, confidence })
}

/** "film director" of "the famous Hungarian film director": without the names before it. */
export function kindText(phrase: NounPhrase, noun: string): string {
  const names = phrase.inner.map((inner) => inner.text)
  let words =
    phrase.name && phrase.text.endsWith(phrase.name.text) && phrase.text !== phrase.name.text
      ? phrase.text.slice(0, -phrase.name.text.length)
      : phrase.text
  for (const name of names) if (nationalities.has(name.toLowerCase())) words = words.replace(name, '')
  words = words.replace(/\s+/g, ' ').trim()
  if (/^\d+|^(?:two|three|four|five|six|seven|eight|nine|ten) /.test(words) && noun !== phrase.noun) return noun
  return words.length > 0 ? words : noun
}

export function text(value: string): Value {
  return { value, valueType: 'text' }
}

export function snake(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')
}
