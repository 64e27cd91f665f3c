import type { TextSpan } from '@graphmem/core/spec'
import type { Clause } from './clause.ts'
import type { NameSpan } from './find-names.ts'
import type { Phrase } from './phrases.ts'
import type { Token } from './read-text.ts'
import type { Reading } from './reading.ts'

/** One sentence on its way to facts. */
export interface SentenceReading {
  readonly reading: Reading
  readonly index: number
  readonly span: TextSpan
  readonly tokens: readonly Token[]
  readonly names: readonly NameSpan[]
  readonly phrases: readonly Phrase[]
  readonly clauses: readonly Clause[]
  /** Whom a common noun means that the sentence names beside it, by the place of the noun: "my da, Fergus". */
  readonly given: Map<number, number>
  /** A question asserts nothing. */
  readonly isQuestion: boolean
}
