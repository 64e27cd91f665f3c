import { z } from '@hono/zod-openapi'
import { memoryId } from './fields.ts'

/** One of ASCII, or a byte. */
const character = '([!-$&-~]|%[0-9A-Fa-f]{2})'

/** Which of the user's memories: the header of the routes that have no memory in their path. */
export const memoryHeader = z.object({
  'memory-id': z
    .string()
    // Beyond ASCII the bytes of a header are read as another script than they were written in: the id would be another one.
    .regex(new RegExp(`^${character}( *${character})*$`))
    .optional()
    .openapi({
      description: "Which of the user's memories, percent-encoded where it is more than ASCII. Default `default`.",
      example: 'chat',
    }),
})

/** A memory in a path. */
export const memoryPath = z.object({
  memoryId: memoryId.openapi({ param: { name: 'memoryId', in: 'path' }, example: 'chat' }),
})
