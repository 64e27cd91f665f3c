import type { Memory } from '@graphmem/core'
import { z } from '@hono/zod-openapi'
import { existingVersion } from './existing-version.ts'
import { ProblemError } from './problem.ts'

/** A version, and how many came before. */
const cursorForm = /^([0-9]{1,15})-([0-9]{1,9})$/

/** Lists come in pages: all of one version of the memory. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(100).openapi({ description: 'How many at most. Default 100.' }),
  cursor: z.string().regex(cursorForm).optional().openapi({ description: 'The `next` of the page before.' }),
})

/** The end of a page's answer: absent on the last. */
export const nextField = { next: z.string().optional() }

export interface Page<T> {
  readonly items: readonly T[]
  readonly version: number
  readonly next?: string
}

/**
 * A page of a list that `read` gives up to a length, in a fixed order within one version of the memory.
 *
 * @throws ProblemError 404 for a memory that holds nothing; 409 when the memory has changed since the page before
 */
export async function pageOf<T>(
  { memory, signal }: { readonly memory: Memory; readonly signal: AbortSignal },
  { limit, cursor }: z.infer<typeof pageQuery>,
  read: (length: number) => Promise<readonly T[]>,
): Promise<Page<T>> {
  const version = await existingVersion(memory, signal)
  const [expected, offset] = cursor === undefined ? [version, 0] : parsed(cursor)
  if (expected !== version) throw changed()
  const items = (await read(offset + limit + 1)).slice(offset)
  if ((await memory.version({ signal })) !== version) throw changed()
  const hasMore = items.length > limit
  return { items: items.slice(0, limit), version, ...(hasMore ? { next: `${version}-${offset + limit}` } : {}) }
}

function parsed(cursor: string): readonly [version: number, offset: number] {
  const [, version, offset] = cursorForm.exec(cursor) ?? []
  return [Number(version), Number(offset)]
}

function changed(): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'memory-changed',
    title: 'The memory has changed since the page before',
    detail: 'Begin again without a cursor.',
  })
}
