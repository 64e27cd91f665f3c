import { z } from 'zod'
import { type EntityType, entityTypes } from '../../spec/index.ts'
import { usualPredicates } from '../predicates.ts'
import { type Prompt, prompt } from './prompt.ts'

export interface ReadPassage {
  readonly entities: readonly ReadEntity[]
  readonly facts: readonly ReadFact[]
  /** `known`: "E1". */
  readonly resolved: readonly { readonly name: string; readonly known: string; readonly confidence: number | null }[]
  /** `fact`: "F1". */
  readonly contradicted: readonly {
    readonly fact: string
    readonly sentence: number
    readonly since: string | null
    readonly confidence: number | null
  }[]
}

export interface ReadEntity {
  readonly name: string
  readonly aliases: readonly string[]
  readonly type: EntityType
  readonly of: string | null
  readonly distinction: string | null
}

export interface ReadFact {
  readonly subject: string
  readonly predicate: string
  readonly object: string
  readonly kind: 'entity' | 'text' | 'date' | 'quantity' | 'boolean'
  /** The number of a sentence, from 1. */
  readonly sentence: number
  readonly from: string | null
  readonly until: string | null
  readonly negated: boolean
  readonly exclusive: boolean
  readonly confidence: number | null
}

const confidence = z.number().nullable()
const entity: z.ZodType<ReadEntity> = z.strictObject({
  name: z.string(),
  aliases: z.array(z.string()),
  type: z.enum(entityTypes),
  of: z.string().nullable(),
  distinction: z.string().nullable(),
})
const fact: z.ZodType<ReadFact> = z.strictObject({
  subject: z.string(),
  predicate: z.string(),
  object: z.string(),
  kind: z.enum(['entity', 'text', 'date', 'quantity', 'boolean']),
  sentence: z.int(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  negated: z.boolean(),
  exclusive: z.boolean(),
  confidence,
})
const form: z.ZodType<ReadPassage> = z.strictObject({
  entities: z.array(entity),
  facts: z.array(fact),
  resolved: z.array(z.strictObject({ name: z.string(), known: z.string(), confidence })),
  contradicted: z.array(z.strictObject({ fact: z.string(), sentence: z.int(), since: z.string().nullable(), confidence })),
})

/** Draws all that a passage says, in one call. */
export const extractPrompt: Prompt<ReadPassage> = prompt({
  purpose: 'extract',
  version: 1,
  maxOutputTokens: 4_096,
  form,
  system: `
You read one passage for the memory of a user, and write down whom and what it names and what it says of them.

The document has:
- passage: its kind, its title, who speaks, the time it was said, and its sentences, numbered.
- user: whose memory it is, and how they are called.
- known: what the memory knows near the passage: entities E1, E2, … and facts of them F1, F2, …. It is there to tell who is meant and what has changed. Never repeat it as something that the passage says.

entities: every person, organisation, place or other thing that the sentences or the title name.
- name: exactly as the passage writes it, in its fullest form there. Whoever speaks is "I". A pronoun is no name: write whom it means.
- aliases: other forms that the passage has for the same ("Robert, known as Bob").
- type: ${entityTypes.join(', ')}.
- of: for somebody known only by what they are to another ("my sister", without her name), that other ("I"); the name is then the bare noun ("sister"). Else null.
- distinction: only where the passage itself tells two of one name apart, the word it does so by ("footballer"). Else null.

facts: everything that the passage states and that may be asked for later, each once. Not questions, guesses, or wishes of what might be.
- subject: a name of your entities, or "I".
- predicate: lower case with underscores, in the present. One of these where it fits: ${Object.keys(usualPredicates).join(', ')}. Else the base form of the verb with its preposition (move_to), or the noun that the object is to the subject (flatmate).
- object: for the kind entity a name of your entities, or "I"; for the kinds text, date, quantity and boolean the value, in few words of the passage. Dates as YYYY, YYYY-MM, YYYY-MM-DD, or --MM-DD for a day of every year.
- sentence: the number of the sentence that says it.
- from, until: since when and through when it holds, as YYYY, YYYY-MM or YYYY-MM-DD, no more exactly than the passage says; "yesterday" counted from the passage's time. Null where it does not say. Through 2018 is until 2018.
- negated: whether the passage denies it ("I don't work at Google").
- exclusive: whether a subject has one such object at a time (lives_in), or may have many (likes).
- confidence: 0 to 1, how surely the passage says so.

resolved: names of your entities that mean a known entity which is written otherwise there ("Dr. Chen" for E3, Linh Chen). Only where the passage or the facts make it plain; sharing a family name is not enough. known is its id.
contradicted: known facts which the passage says hold no more, or never did. fact is the id, sentence the number of the sentence that says so, since the date since when, or null. What the passage does not speak of is not contradicted.

The form: {"entities": [{"name": "", "aliases": [""], "type": "", "of": null, "distinction": null}], "facts": [{"subject": "", "predicate": "", "object": "", "kind": "", "sentence": 1, "from": null, "until": null, "negated": false, "exclusive": false, "confidence": 0.9}], "resolved": [{"name": "", "known": "E1", "confidence": 0.9}], "contradicted": [{"fact": "F1", "sentence": 1, "since": null, "confidence": 0.9}]}`,
})
