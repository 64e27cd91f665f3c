import { z } from '@hono/zod-openapi'

/**
 * What stands in requests, with all that the library asks of it, so that the document says what is taken. Patterns are such as every reader of JSON
 * Schema understands: no properties of Unicode.
 */

/** A text: more than spaces, and no NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is refused
export const text: z.ZodString = z.string().regex(/^\s*[^\s\u0000][^\u0000]*$/, 'It is empty, or holds a NUL')

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
export const withoutControls: RegExp = /^[^\u0000-\u001f\u007f-\u009f]+$/

const hasControls = 'It is empty, or holds control characters'

/** The id of a memory: at most 256 bytes of UTF-8, of which the document can say characters alone. */
export const memoryId: z.ZodString = z.string().max(256).regex(withoutControls, hasControls)

/** A name that is given to something: an id, a source, a tag. */
export const label: z.ZodString = z.string().max(2_000).regex(withoutControls, hasControls)

/** A name that something is looked for by. */
export const sought: z.ZodString = z.string().min(1).max(2_000)

/** A moment, with its offset; or a day, for its first moment in UTC. */
export const moment: z.ZodUnion<[z.ZodISODateTime, z.ZodISODate]> = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'Give a moment such as 2024-03-02T10:00:00Z, or a day such as 2024-03-02',
})
