import { z } from 'zod'
import { GraphMemError, type ReasonedAnswer } from '../spec/index.ts'

const place = z.int().min(0)
const answerSchema = z
  .object({
    text: z.string(),
    citations: z.array(
      z.object({
        chunkId: z.string(),
        span: z
          .object({ start: place, end: place })
          .refine(({ start, end }) => end > start)
          .optional(),
        factId: z.string().optional(),
      }),
    ),
    support: z.number().min(0).max(1),
  })
  .optional()

/** Checks what a reasoner answered. @throws GraphMemError `ADAPTER_INVALID` */
export function checkAnswer(answer: ReasonedAnswer | undefined): void {
  const result = answerSchema.safeParse(answer)
  if (result.success) return
  const field = result.error.issues[0]?.path.map(String).join('.') || 'it'
  throw new GraphMemError({
    code: 'ADAPTER_INVALID',
    field,
    message: `Cannot use what the reasoner answered: ${field} is not of the agreed form. The reasoner has to be mended.`,
  })
}
