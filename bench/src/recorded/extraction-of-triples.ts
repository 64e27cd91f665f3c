import type { ExtractedFact, ExtractedName, Extraction } from '@graphmem/core/spec'
import { matchKey } from '../extraction/match-key.ts'
import type { ReadPassage } from '../extraction/open-ie.ts'
import { findMentions } from './find-mentions.ts'
import { predicateOf } from './predicate-of.ts'
import { supportIn } from './support-in.ts'

/**
 * The entities and triples of a passage, as a reasoner gives them. Recorded are names, and triples of words. Not recorded are types, places in the
 * text, times, negation, which relations hold one at a time, and how sure the model was. So a type is `other`; a name stands wherever the text has it,
 * which may be nowhere; a fact rests on the sentence with most of its words, for as much as their share; a year is a name, as the model has it; "is not"
 * stays in the predicate. An end of a triple is a name where it is an entity or the subject of a triple of this passage, else a value.
 *
 * @param text the passage, or a part of it: what is not named in the part is left out.
 */
export function extractionOfTriples(
  passage: Pick<ReadPassage, 'title' | 'text' | 'entities' | 'triples'>,
  text: string = passage.text,
): Extraction {
  const triples = passage.triples.map((triple) => triple.map((words) => words.trim())).filter((triple) => !triple.includes(''))
  const names = new Map<string, ExtractedName>()
  for (const name of [...passage.entities, ...triples.flatMap(([subject = '']) => subject)]) {
    const mentions = findMentions(text, name.trim())
    const known = name.trim() === '' || names.has(keyOf(name)) || (text !== passage.text && mentions.length === 0)
    if (!known) names.set(keyOf(name), { name: name.trim(), type: 'other', mentions })
  }
  const places = new Map(Array.from(names.keys(), (key, place) => [key, place]))
  const facts = triples.flatMap(([subject = '', words = '', object = '']): readonly ExtractedFact[] => {
    const from = places.get(keyOf(subject))
    const to = places.get(keyOf(object))
    if (from === undefined) return []
    const { span, share } = supportIn(text, `${subject} ${words} ${object}`, passage.title)
    return [
      {
        subject: from,
        predicate: predicateOf(words),
        object: to === undefined ? { value: object, valueType: 'text' } : { name: to },
        span,
        valid: {},
        negated: false,
        exclusive: false,
        confidence: share,
      },
    ]
  })
  return { names: [...names.values()], facts, same: [] }
}

function keyOf(name: string): string {
  return matchKey(name) || name.trim()
}
