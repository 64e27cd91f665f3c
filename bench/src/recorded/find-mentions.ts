import type { TextSpan } from '@graphmem/core/spec'

/** Where a text has a name, as whole words: written alike, or else in other case. */
export function findMentions(text: string, name: string): readonly TextSpan[] {
  const pattern = `(?<![\\p{L}\\p{M}\\p{N}])${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{M}\\p{N}])`
  const alike = spansOf(text, new RegExp(pattern, 'gu'))
  return alike.length > 0 ? alike : spansOf(text, new RegExp(pattern, 'giu'))
}

function spansOf(text: string, pattern: RegExp): readonly TextSpan[] {
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({ start: index, end: index + found.length }))
}
