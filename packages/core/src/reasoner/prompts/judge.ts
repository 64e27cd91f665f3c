import { z } from 'zod'
import type { Judgement } from '../../spec/index.ts'
import { type Prompt, prompt } from './prompt.ts'

export interface ReadJudgements {
  readonly judgements: readonly {
    /** The number of the pair, from 1. */
    readonly pair: number
    readonly verdict: Judgement['verdict']
    readonly confidence: number | null
  }[]
}

const form: z.ZodType<ReadJudgements> = z.strictObject({
  judgements: z.array(
    z.strictObject({ pair: z.int(), verdict: z.enum(['same', 'different', 'unsure']), confidence: z.number().nullable() }),
  ),
})

/** Judges of pairs of entities whether both are the same. */
export const judgePrompt: Prompt<ReadJudgements> = prompt({
  purpose: 'judge',
  version: 1,
  maxOutputTokens: 4_096,
  form,
  system: `
You judge of pairs whether both descriptions are of the same person or thing.

The document has pairs, numbered, each of two descriptions: name, aliases, type, and facts that are known.

judgements: one for each pair, with its number.
- verdict: same, different, or unsure. Different numbers, versions or dates are different things; so are two people who share only a family name. Where nothing speaks for either, unsure.
- confidence: 0 to 1.

The form: {"judgements": [{"pair": 1, "verdict": "same", "confidence": 0.9}]}`,
})
