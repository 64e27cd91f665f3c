import type { TimeExpression } from './find-times.ts'
import type { NounPhrase } from './phrases.ts'
import type { VerbGroup } from './verb-group.ts'

/** A verb with who and what it is about. */
export interface Clause {
  readonly verb: VerbGroup
  /** Empty where the sentence leaves the subject out: "Grew up in Leeds." */
  readonly subjects: readonly NounPhrase[]
  /** A participle that describes the noun before it: "a film directed by her". */
  readonly reduced: boolean
  readonly objects: readonly NounPhrase[]
  /** Words of a predicate that is no noun: "allergic", "vegetarian". */
  readonly adjectives: readonly string[]
  readonly obliques: readonly Oblique[]
  readonly times: readonly TimeExpression[]
  /** "if", "when", "because" before it. */
  readonly subordinator?: string
}

export interface Oblique {
  readonly preposition: string
  readonly nouns: readonly NounPhrase[]
  /** The noun it follows directly, where it may belong to that rather than to the verb. */
  readonly after?: NounPhrase
}
