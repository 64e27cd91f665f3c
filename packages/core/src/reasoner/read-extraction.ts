import { fold } from '../analysis/fold.ts'
import type { ExtractedFact, Extraction, Passage, TextSpan } from '../spec/index.ts'
import { findMentions } from './find-mentions.ts'
import { placeOf, sentencesOf } from './passage-document.ts'
import { validTime } from './period.ts'
import { predicateOf, usualPredicates } from './predicates.ts'
import type { ReadFact, ReadPassage } from './prompts/extract.ts'
import { type ReadNames, readNames } from './read-names.ts'

const usualConfidence = 0.8
const longestValue = 1_000

/** What a model read in a passage, as core takes it. Of what it says of no sentence, no listed name or nothing known, nothing is left. */
export function readExtraction(read: ReadPassage, passage: Passage): Extraction {
  const found = readNames(read.entities, passage)
  const sentences = sentencesOf(passage)
  const facts = factsOf(read.facts, found, sentences, passage)
  const known = passage.known ?? { entities: [], facts: [] }
  const resolved = read.resolved.flatMap(({ name, known: id, confidence }) => {
    const [place, entity] = [found.placeOf(name), placeOf(id, 'E')]
    if (place === undefined || entity === undefined || entity >= known.entities.length) return []
    return [{ name: place, entity, confidence: shareOf(confidence) }]
  })
  const contradicted = read.contradicted.flatMap(({ fact: id, sentence, since, confidence }) => {
    const [fact, span] = [placeOf(id, 'F'), sentences[sentence - 1]]
    if (fact === undefined || fact >= known.facts.length || span === undefined) return []
    return [{ fact, span, valid: validTime(since, null), confidence: shareOf(confidence) }]
  })
  return { names: found.names, facts, same: found.same, resolved, contradicted }
}

function factsOf(read: readonly ReadFact[], found: ReadNames, sentences: readonly TextSpan[], passage: Passage): readonly ExtractedFact[] {
  const isExclusive = exclusivity(read)
  const facts = new Map<string, ExtractedFact>()
  for (const each of read) {
    const [subject, object, span] = [found.placeOf(each.subject), objectOf(each, found, passage), sentences[each.sentence - 1]]
    const predicate = predicateOf(each.predicate)
    if (subject === undefined || object === undefined || span === undefined || predicate === '') continue
    if ('name' in object && object.name === subject) continue
    const { negated, confidence } = each
    const valid = validTime(each.from, each.until)
    const key = JSON.stringify([subject, predicate, object, negated, valid])
    if (facts.has(key)) continue
    facts.set(key, { subject, predicate, object, span, valid, negated, exclusive: isExclusive(predicate), confidence: shareOf(confidence) })
  }
  return [...facts.values()]
}

function objectOf({ object, kind }: ReadFact, found: ReadNames, passage: Passage): ExtractedFact['object'] | undefined {
  const name = kind === 'entity' || kind === 'text' ? found.placeOf(object) : undefined
  if (name !== undefined) return { name }
  const value = object.trim()
  if (kind === 'entity' || value === '' || value.length > longestValue || isOnlyKnown(value, passage)) return undefined
  return { value, valueType: kind }
}

/** Whether a value stands in what is known and not in the passage: what was read elsewhere is not said here, and would outlive what says it. */
function isOnlyKnown(value: string, { text, title = '', known }: Passage): boolean {
  const isKnown =
    known?.facts.some(({ object }) => fold(object) === fold(value)) || known?.entities.some(({ name }) => fold(name) === fold(value))
  return isKnown === true && findMentions(`${title}\n${text}`, value).length === 0
}

/** Whether a subject has one of a predicate at a time: as is usual, else where all facts of it say so. */
function exclusivity(read: readonly ReadFact[]): (predicate: string) => boolean {
  return (predicate) =>
    (Object.hasOwn(usualPredicates, predicate) ? usualPredicates[predicate] : undefined) ??
    read.every((each) => predicateOf(each.predicate) !== predicate || each.exclusive)
}

/** A number of a model as a share. */
export function shareOf(confidence: number | null, usual: number = usualConfidence): number {
  return Math.min(1, Math.max(0, confidence ?? usual))
}
