import type { Head } from '../spec/index.ts'

/** Where a memory stands in a move. It is a part of the head's generation, so that one conditional write sets it, and older versions of this library refuse the memory too. */
export type MoveMark =
  | { readonly state: 'settled'; readonly generation: string | undefined }
  /** Written whole, and not yet given over. */
  | { readonly state: 'arriving'; readonly generation: string }
  /** Kept until it is erased; `to` is the incarnation of the memory that takes its place. */
  | { readonly state: 'leaving'; readonly to: string; readonly generation: string }

export function moveMarkOf({ generation }: { readonly generation?: string | undefined }): MoveMark {
  const [, arriving] = /^arriving (.*)$/s.exec(generation ?? '') ?? []
  if (arriving !== undefined) return { state: 'arriving', generation: arriving }
  const [, to, left] = /^leaving to (\S+) (.*)$/s.exec(generation ?? '') ?? []
  if (to !== undefined && left !== undefined) return { state: 'leaving', to, generation: left }
  return { state: 'settled', generation }
}

/** The generation of a memory that is made anew, and stays where it is in a move. */
export function marked(head: Pick<Head, 'generation'>, generation: string): string {
  const mark = moveMarkOf(head)
  if (mark.state === 'settled') return generation
  return mark.state === 'arriving' ? arriving(generation) : leaving(mark.to, generation)
}

export function arriving(generation: string): string {
  return `arriving ${generation}`
}

export function leaving(to: string, generation: string): string {
  return `leaving to ${to} ${generation}`
}
