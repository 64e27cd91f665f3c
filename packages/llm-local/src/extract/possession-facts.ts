import { wordNumber } from './lexicon/calendar.ts'
import { personRelations } from './lexicon/people.ts'
import { animals } from './lexicon/things.ts'
import { kindText, text } from './noun-facts.ts'
import type { NounPhrase } from './phrases.ts'
import { addFact } from './reading.ts'
import { namedIndex, relationOf } from './referents.ts'
import { clauseTime, type Filler, type SubjectClause } from './subject-clause.ts'
import type { Course } from './valid-time.ts'

/** "I have a sister", "we got four kids", "adopted a dog". */
export function readPossession(part: SubjectClause, phrase: NounPhrase): boolean {
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
  const base = { subject: subject.name, span, negated, valid: clauseTime(part, course), confidence: 0.85 * subject.confidence }
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

/** The name in "a collie, Fly," is no object of its own. */
export function isGivenName({ sentence, clause }: SubjectClause, { slot, phrase }: Filler): boolean {
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
