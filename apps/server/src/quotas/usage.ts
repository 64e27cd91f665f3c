import { z } from '@hono/zod-openapi'

const amount = {
  used: z.number().min(0),
  limit: z.number().optional().openapi({ description: 'Absent: not limited.' }),
}
const windowed = z.strictObject({
  ...amount,
  resetsAt: z.iso.datetime().optional().openapi({ description: 'When it is 0 again. Absent: it is.' }),
})

/** What a user used of what. */
export const usage = z
  .strictObject({
    requests: windowed.openapi({ description: 'In a minute, which begins with the first request after the last.' }),
    tokens: windowed.openapi({ description: 'Of models, input and output, in a day, which begins with the first use after the last.' }),
    usd: windowed.openapi({ description: 'What models took in that day, as far as prices are known.' }),
    storedBytes: z
      .strictObject(amount)
      .openapi({ description: "The user's recall indexes, as measured ten minutes ago at most, and the text taken in since." }),
  })
  .openapi('Usage')

export type Usage = z.infer<typeof usage>
