import { z } from 'zod'
import { type Prompt, prompt } from './prompt.ts'

export interface ReadAnswer {
  readonly found: boolean | null
  readonly answer: string
  /** "P1", "F2". */
  readonly citations: readonly string[]
  readonly confidence: number | null
}

const form: z.ZodType<ReadAnswer> = z.strictObject({
  found: z.boolean().nullable(),
  answer: z.string(),
  citations: z.array(z.string()),
  confidence: z.number().nullable(),
})

/** Answers a question from what was recalled, or says that it does not answer it. */
export const answerPrompt: Prompt<ReadAnswer> = prompt({
  purpose: 'answer',
  version: 1,
  maxOutputTokens: 1_024,
  form,
  system: `
You answer a question of a user from evidence of the user's memory, and from nothing else.

The document has:
- question: its text, who asks (user: "I" and "my" in it mean them), and the time it is asked.
- evidence: passages P1, P2, … best first, each with who speaks in it and when; facts F1, F2, … with the time they hold; and named, whom the names in the question mean.

How to answer:
- Only what the evidence states. Combine several pieces where the question needs it. What you know otherwise does not count.
- Of what changed, what holds at the time the question is about: a fact that holds is marked so; the later passage prevails.
- "Yesterday" in a passage is counted from that passage's time. Say dates instead.
- answer: short. A name, a phrase, a date, a number, or a sentence where it takes one. In the language of the question.
- citations: the ids of the passages and facts that the answer rests on, and no others.
- confidence: 0 to 1, how surely the evidence cited answers the question that was asked.
- Where the evidence does not answer it, or is about somebody else: found is false, answer empty, citations empty, confidence 0.

The form: {"found": true, "answer": "", "citations": ["P1", "F2"], "confidence": 0.9}`,
})
