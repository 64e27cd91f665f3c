import type { ExtractedFact, ExtractedName, Extraction } from '@graphmem/core/spec'
import { findMentions } from './find-mentions.ts'
import { predicateOf } from './predicate-of.ts'
import { supportIn } from './support-in.ts'

/** A sentence that a model wrote of what a speaker told, as "Caroline attended an LGBTQ support group recently". */
export interface Statement {
  readonly speaker: string
  readonly fact: string
}

/**
 * The statements that rest on a turn, as a reasoner gives them. Recorded are the speaker, a sentence of plain English, and the turns it came from. Not
 * recorded are its parts: a sentence that begins with the speaker's name and a word after it is taken as subject, predicate (that word: mostly the
 * verb, after an adverb in -ly) and value; of any other the predicate is `told`, and the value the whole. So the speakers are the only names, no fact
 * leads to another, "is not" stays in the value, and "last week" gives no time. A fact rests on the sentence of the turn with most of its words, for as
 * much as their share.
 */
export function extractionOfStatements(text: string, speaker: string, statements: readonly Statement[]): Extraction {
  const speakers = [...new Set(statements.map((statement) => statement.speaker))]
  return {
    names: speakers.map(
      (name): ExtractedName =>
        name === speaker
          ? { name: { role: 'speaker' }, type: 'person', mentions: [] }
          : { name, type: 'person', mentions: findMentions(text, name) },
    ),
    facts: statements.map((statement): ExtractedFact => {
      const { span, share } = supportIn(text, statement.fact, statement.speaker)
      return {
        subject: speakers.indexOf(statement.speaker),
        ...partsOf(statement),
        span,
        valid: {},
        negated: false,
        exclusive: false,
        confidence: share,
      }
    }),
    same: [],
  }
}

function partsOf({ speaker, fact }: Statement): Pick<ExtractedFact, 'predicate' | 'object'> {
  const rest = fact.startsWith(`${speaker} `) ? fact.slice(speaker.length + 1) : ''
  const { verb, value } = /^(?:\p{L}+ly )?(?!and )(?<verb>\p{L}+) (?<value>.+)$/u.exec(rest)?.groups ?? {}
  if (verb === undefined || value === undefined) return { predicate: 'told', object: { value: fact, valueType: 'text' } }
  return { predicate: predicateOf(verb), object: { value, valueType: 'text' } }
}
