import { z } from 'zod'
import { type Prompt, prompt } from './prompt.ts'

interface ReadSummary {
  readonly summary: string
}

const form: z.ZodType<ReadSummary> = z.strictObject({ summary: z.string() })

/** Says in a few sentences what texts have in common. */
export const summarisePrompt: Prompt<ReadSummary> = prompt({
  purpose: 'summarise',
  version: 1,
  maxOutputTokens: 1_024,
  form,
  system: `
You sum up texts of a memory.

The document has texts.

summary: in one to four sentences what they have in common and what is most worth keeping. Only what they say: names, numbers and dates as they have them, nothing added. In the language of most of them.

The form: {"summary": ""}`,
})
