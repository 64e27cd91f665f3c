import { z } from '@hono/zod-openapi'

/** Which of the user's memories: the header of the routes that have no memory in their path. */
export const memoryHeader = z.object({
  'memory-id': z.string().optional().openapi({
    description: "Which of the user's memories, percent-encoded where it is more than ASCII. Default `default`.",
    example: 'chat',
  }),
})

/** A memory in a path. */
export const memoryPath = z.object({
  memoryId: z
    .string()
    .min(1)
    .openapi({ param: { name: 'memoryId', in: 'path' }, example: 'chat' }),
})
