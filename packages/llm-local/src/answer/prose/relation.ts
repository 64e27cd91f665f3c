import { type Patterns, patterns } from '../patterns.ts'
import { namePattern as name } from './name-pattern.ts'

/** Something that prose states of what it is about, as who directed a film or where somebody was born. */
export interface Relation {
  readonly id: string
  /** The noun phrases that ask for it. */
  readonly nouns: string
  /** The verbs of "who … it": "directed". */
  readonly verbs?: string
  /** How questions ask for it that use no noun; `#` is whom they ask about. */
  readonly asks?: readonly RegExp[]
  readonly gives: 'person' | 'place' | 'date' | 'name' | 'country' | 'nationality'
  /** How a sentence about something states it, best first; the group `a` is the answer. */
  readonly says: Patterns
  /** How a sentence about the answer states it of `{x}`. */
  readonly back?: readonly string[]
  /** The relations that it is made of, one after the other: a mother-in-law is the spouse's mother. */
  readonly path?: readonly string[]
  /** Whom it can only be. */
  readonly gender?: 'she' | 'he'
}

/** Patterns of sentences, with the flag `u`. */
export function says(...sources: readonly string[]): Patterns {
  return patterns('u', sources)
}

/** What may stand between a role and a name: "married to *the German composer* Clara Schumann". */
const described =
  "(?:(?!(?:he|she|they|it|was|were|is|are|after|before|when|while|who|whom|which|that|in|on|at|and|until|during|but|because|with|from|for)\\b)[\\p{Ll}'’-]+\\s+|[\\p{Lu}][\\p{L}]+(?:an|ish|ese|ch|i)(?:-born)?\\s+(?=\\p{Ll})){0,6}"
/** Somebody, after whatever describes them. */
export const who: string = `${described}(?<a>${name})`
