import type { Clause } from './clause.ts'
import { animals } from './lexicon/things.ts'
import { snake, text } from './noun-facts.ts'
import { addFact, addSame, nameKey, notice, voteType } from './reading.ts'
import { genderOf, namedIndex, referent, relationOf } from './referents.ts'
import type { SentenceReading } from './sentence-reading.ts'
import type { Filler, SubjectClause } from './subject-clause.ts'

/** Ties a name to somebody's pet or relative that had none. */
export function giveName(
  sentence: SentenceReading,
  name: number,
  unnamed: { readonly owner: number; readonly predicate: string; readonly noun: string },
): void {
  const { reading, span } = sentence
  const isPet = unnamed.predicate === 'has_pet'
  voteType(reading, name, isPet ? 'animal' : 'person', 6)
  notice(reading, name, genderOf(unnamed.noun.split(' ').at(-1) ?? ''))
  addFact(reading, { subject: unnamed.owner, predicate: unnamed.predicate, object: name, span, confidence: 0.85 })
  const bearer = reading.byKey.get(`${nameKey(unnamed.noun)}\n${unnamed.owner}`)
  if (bearer !== undefined && bearer !== name) {
    addSame(reading, bearer, name, 0.9)
    reading.whole.set(bearer, name)
  }
  if (isPet) addFact(reading, { subject: name, predicate: 'is_a', object: text(unnamed.noun), span, confidence: 0.8 })
}

export function sayName(sentence: SentenceReading, bearer: number, name: number, confidence: number): void {
  addSame(sentence.reading, bearer, name, confidence)
  sentence.reading.whole.set(name, bearer)
}

/** "Everyone calls me Mei": a name of the speaker's. */
export function readNickname(sentence: SentenceReading, clause: Clause): boolean {
  const [me, nickname] = clause.objects
  if (clause.verb.lemma !== 'call' || me?.pronoun !== 'me' || !nickname?.name || clause.verb.negated) return false
  const speaker = referent(sentence, me)
  if (!speaker) return false
  const name = namedIndex(sentence, nickname.name)
  addSame(sentence.reading, speaker.name, name, 0.9)
  addFact(sentence.reading, {
    subject: speaker.name,
    predicate: 'named',
    object: text(nickname.name.text),
    span: sentence.span,
    confidence: 0.85,
  })
  return true
}

/** A dog called Rex; a man known as Bob. */
export function readCalled(part: SubjectClause, fillers: readonly Filler[]): void {
  const { sentence, clause, subject } = part
  const { reading, span } = sentence
  const filler = fillers.find((each) => each.slot === 'object' || (each.slot === 'as' && each.after === undefined))
  if (!filler?.phrase.name || (clause.verb.lemma === 'know' && filler.slot !== 'as')) return
  const name = namedIndex(sentence, filler.phrase.name)
  if (name === subject.name) return
  if (filler.phrase.noun !== undefined) return
  const unnamed = reading.unnamed
  if (part.phrase?.pronoun !== undefined && unnamed && unnamed.predicate === 'has_pet') {
    giveName(sentence, name, unnamed)
    return
  }
  const entry = reading.entries[subject.name]
  const owner = entry?.of
  const noun = typeof entry?.name === 'string' ? entry.name : ''
  if (owner !== undefined) {
    giveName(sentence, name, { owner, predicate: animals.has(noun) ? 'has_pet' : (relationOf(noun) ?? snake(noun)), noun })
    return
  }
  addSame(reading, subject.name, name, 0.85)
  addFact(reading, { subject: subject.name, predicate: 'named', object: text(filler.phrase.name.text), span, confidence: 0.8 })
}
