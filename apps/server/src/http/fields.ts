import { z } from '@hono/zod-openapi'

/**
 * What stands in requests, with all that the library asks of it, so that the document says what is taken. Patterns are such as every reader of JSON
 * Schema understands: no properties of Unicode.
 */

/** A text: more than spaces, and no NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is refused
export const text: z.ZodString = z.string().regex(/^\s*[^\s\u0000][^\u0000]*$/)

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
export const withoutControls: RegExp = /^[^\u0000-\u001f\u007f-\u009f]+$/

/** The id of a memory: at most 256 bytes of UTF-8, of which the document can say characters alone. */
export const memoryId: z.ZodString = z.string().max(256).regex(withoutControls)

/** A name that is given to something: an id, a source, a tag. */
export const label: z.ZodString = z.string().max(2_000).regex(withoutControls)

/** A name that something is looked for by. */
export const sought: z.ZodString = z.string().min(1).max(2_000)

/** A moment, with its offset. */
export const moment: z.ZodISODateTime = z.iso.datetime({ offset: true })
