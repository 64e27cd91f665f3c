import type { Clause } from './clause.ts'
import { wordNumber } from './lexicon/calendar.ts'
import { personRelations } from './lexicon/people.ts'
import { animals } from './lexicon/things.ts'
import { giveName, sayName } from './naming-facts.ts'
import { kindText, snake, text } from './noun-facts.ts'
import type { NounPhrase } from './phrases.ts'
import { addFact, notice, speakerIndex, type Value, voteType } from './reading.ts'
import { genderOf, namedIndex, referent, relationOf } from './referents.ts'
import type { SentenceReading } from './sentence-reading.ts'
import { stateTime } from './subject-clause.ts'

const ownedNouns = new Map([
  ['birthday', 'born_on'],
  ['birthdate', 'born_on'],
  ['job', 'job_title'],
  ['occupation', 'job_title'],
  ['profession', 'job_title'],
  ['role', 'job_title'],
  ['title', 'job_title'],
  ['employer', 'works_at'],
  ['hometown', 'from'],
  ['age', 'age'],
  ['hobby', 'hobby'],
  ['nationality', 'nationality'],
  ['wedding', 'married_on'],
  ['anniversary', 'married_on'],
  ['home', 'lives_in'],
  ['major', 'studies'],
])

/** "My boyfriend's name is Darren": what is said of a noun that somebody has. Whether it said anything. */
export function readOwned(sentence: SentenceReading, clause: Clause, phrase: NounPhrase): boolean {
  const { reading, span } = sentence
  if (phrase.noun === undefined || phrase.name) return false
  const [complement] = clause.objects
  if (!phrase.owner) return complement?.name !== undefined && homeOf(sentence, complement)
  if (phrase.noun === 'name' || phrase.noun === 'names') return complement?.name !== undefined && named(sentence, phrase.owner, complement)
  const owner = referent(sentence, phrase.owner)
  if (!owner) return false
  const relation = relationOf(phrase.noun)
  if (complement?.name && complement.noun === undefined && relation !== undefined && personRelations.has(phrase.noun)) {
    for (const each of clause.objects) {
      if (!each.name) continue
      const name = namedIndex(sentence, each.name)
      voteType(reading, name, 'person', 6)
      notice(reading, name, genderOf(phrase.noun))
      addFact(reading, {
        subject: owner.name,
        predicate: relation,
        object: name,
        span,
        negated: clause.verb.negated,
        confidence: 0.95 * owner.confidence,
      })
    }
    return true
  }
  if (personRelations.has(phrase.noun) || animals.has(phrase.noun)) return false
  const predicate = predicateOf(phrase)
  const object = predicateObject(sentence, clause, predicate)
  if (object === undefined) return false
  const isDate = typeof object !== 'number' && object.valueType === 'date'
  const fact = { span, valid: isDate ? {} : stateTime(sentence, clause), negated: clause.verb.negated, confidence: 0.85 * owner.confidence }
  addFact(reading, { subject: owner.name, predicate, object, ...fact })
  return true
}

/** "Home's Baton Rouge": the speaker's. */
function homeOf(sentence: SentenceReading, complement: NounPhrase): boolean {
  const { reading, span } = sentence
  const speaker = speakerIndex(reading)
  if (speaker === undefined || !complement.name) return false
  addFact(reading, { subject: speaker, predicate: 'lives_in', object: namedIndex(sentence, complement.name), span, confidence: 0.8 })
  return true
}

function predicateOf(phrase: NounPhrase): string {
  const noun = phrase.noun ?? ''
  const favourite = phrase.modifiers.some((word) => /^favou?rite|^fave/.test(word.lower))
  if (favourite) return `favourite_${snake(noun === 'one' ? 'thing' : noun)}`
  const known = ownedNouns.get(noun)
  if (known !== undefined && phrase.modifiers.length === 0) return known
  return snake([...phrase.modifiers.map((word) => word.lower), noun].slice(-3).join(' '))
}

function predicateObject(sentence: SentenceReading, clause: Clause, predicate: string): number | Value | undefined {
  const time = clause.times[0]?.time
  const [complement] = clause.objects
  if (complement?.name && !complement.owner && complement.noun === undefined) return namedIndex(sentence, complement.name)
  if (complement && complement.pronoun === undefined) {
    const known = referent(sentence, complement)
    if (known) return known.name
    const age = predicate === 'age' ? wordNumber(complement.text.toLowerCase()) : undefined
    return age === undefined ? text(complement.text) : { value: String(age), valueType: 'quantity' }
  }
  if (time) return { value: time.value, valueType: 'date' }
  return clause.adjectives.length > 0 && predicate.startsWith('favourite') ? text(clause.adjectives.join(' ')) : undefined
}

/** "Her name's Idli": of somebody spoken of before, or of "my dog". */
function named(sentence: SentenceReading, owner: NounPhrase, complement: NounPhrase): boolean {
  const { reading, span } = sentence
  if (!complement.name) return false
  const name = namedIndex(sentence, complement.name)
  const unnamed = reading.unnamed
  if (owner.pronoun !== undefined && /^(?:her|his|its|their)$/.test(owner.pronoun) && unnamed) {
    giveName(sentence, name, unnamed)
    return true
  }
  const whose = owner.owner ? referent(sentence, owner.owner) : undefined
  if (whose && owner.noun !== undefined) {
    const relation = relationOf(owner.noun)
    const predicate = animals.has(owner.noun) ? 'has_pet' : (relation ?? snake(owner.noun))
    giveName(sentence, name, { owner: whose.name, predicate, noun: kindText(owner, owner.noun) })
    return true
  }
  const bearer = referent(sentence, owner)
  if (!bearer) return false
  sayName(sentence, bearer.name, name, 0.95)
  voteType(reading, name, 'person', 5)
  addFact(reading, {
    subject: bearer.name,
    predicate: 'named',
    object: text(complement.name.text),
    span,
    confidence: 0.9 * bearer.confidence,
  })
  return true
}
