import { GraphMemError } from './errors.ts'

declare const brand: unique symbol

/**
 * Who a call acts for: a user and one of the user's memories. Made only by {@link scope}; a look-alike does not compile,
 * and is checked again by value wherever a store opens one.
 */
export interface Scope {
  readonly [brand]: 'Scope'
  readonly userId: UserId
  readonly memoryId: MemoryId
}

/** A checked user id. */
export type UserId = string & { readonly [brand]: 'UserId' }

/** A checked memory id. */
export type MemoryId = string & { readonly [brand]: 'MemoryId' }

/** The longest id, in bytes of UTF-8. */
export const maxIdBytes = 256

/**
 * Names a user's memory. Ids are taken as they are: emails, UUIDs, any script, any punctuation.
 *
 * @throws GraphMemError `SCOPE_INVALID` when an id is missing, empty, over {@link maxIdBytes}, ill-formed, or holds a control character.
 */
export function scope(ids: { readonly userId: string; readonly memoryId: string }): Scope {
  return Object.freeze({ userId: userId(ids.userId), memoryId: checkedId('memoryId', ids.memoryId) }) as Scope
}

/** Checks a user id by itself, for what concerns all of a user's memories. @throws GraphMemError `SCOPE_INVALID` */
export function userId(id: string): UserId {
  return checkedId('userId', id) as string as UserId
}

/** Checks by value that a scope is one: stores call it in `open`. @throws GraphMemError `SCOPE_INVALID` */
export function assertScope(value: Scope): void {
  if (typeof value !== 'object' || value === null) throw invalid('scope', 'is missing')
  checkedId('userId', value.userId)
  checkedId('memoryId', value.memoryId)
}

function checkedId(field: 'userId' | 'memoryId', id: string): MemoryId {
  if (typeof id !== 'string') throw invalid(field, 'is missing')
  if (id.length === 0) throw invalid(field, 'is empty')
  if (!id.isWellFormed()) throw invalid(field, 'has half a surrogate pair')
  if (/\p{Cc}/u.test(id)) throw invalid(field, 'has a control character')
  if (id.length > maxIdBytes || new TextEncoder().encode(id).length > maxIdBytes) throw invalid(field, `is over ${maxIdBytes} bytes`)
  return id as MemoryId
}

function invalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({
    code: 'SCOPE_INVALID',
    field,
    message: `Cannot name a memory: ${field} ${problem}. Give a non-empty string of up to ${maxIdBytes} bytes without control characters.`,
  })
}
