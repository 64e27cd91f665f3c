import type { Oblique } from './clause.ts'
import type { NounPhrase } from './phrases.ts'
import { addFact, typeOf, voteType } from './reading.ts'
import { namedIndex, referent } from './referents.ts'
import type { SentenceReading } from './sentence-reading.ts'

/** The places of a chain "in Louisville, Kentucky": the first, of which the next says where it is. */
export function placesOf(sentence: SentenceReading, oblique: Oblique): readonly NounPhrase[] {
  const { tokens, reading, span } = sentence
  const [first, ...rest] = oblique.nouns
  if (!first || rest.length === 0) return oblique.nouns
  const isList = rest.some((noun) => /^(?:and|or|&|including|as)$/.test(tokens[noun.from - 1]?.lower ?? ''))
  if (isList || !first.name || !rest.every((noun) => noun.name && noun.noun === undefined)) return isList ? oblique.nouns : [first]
  let inner = first
  for (const outer of rest) {
    const a = referent(sentence, inner)
    const b = referent(sentence, outer)
    if (a && b && outer.name && isOuterPlace(sentence, outer, b.name)) {
      voteType(reading, a.name, 'place', 2)
      voteType(reading, b.name, 'place', 2)
      addFact(reading, { subject: a.name, predicate: 'located_in', object: b.name, span, confidence: 0.8 })
    }
    inner = outer
  }
  return [first]
}

/** What "in Louisville, Kentucky" is in beyond the first: Kentucky. */
export function outerPlaces(sentence: SentenceReading, oblique: Oblique): readonly number[] {
  const [first, ...rest] = oblique.nouns
  if (!first || rest.some((noun) => /^(?:and|or|&)$/.test(sentence.tokens[noun.from - 1]?.lower ?? ''))) return []
  return rest.flatMap((noun) => {
    const place = noun.name && noun.noun === undefined ? namedIndex(sentence, noun.name) : undefined
    return place !== undefined && isOuterPlace(sentence, noun, place) ? [place] : []
  })
}

function isOuterPlace(sentence: SentenceReading, outer: NounPhrase, name: number): boolean {
  const next = sentence.tokens[outer.to]
  return (
    typeOf(sentence.reading, name) === 'place' ||
    (typeOf(sentence.reading, name) === 'other' && (next === undefined || next.tag === 'PUNCT'))
  )
}
