import type { ReasonedAnswer } from '@graphmem/core/spec'

/** One possible answer. */
export interface Candidate {
  readonly text: string
  /** 0 to 1. */
  readonly support: number
  readonly citations: ReasonedAnswer['citations']
}

/** The longest answer. */
export const maxWords = 25

/** The best of the candidates, cut to what may be said. */
export function best(candidates: readonly (Candidate | undefined)[]): Candidate | undefined {
  let found: Candidate | undefined
  for (const candidate of candidates) {
    if (candidate !== undefined && candidate.text.trim() !== '' && candidate.support > (found?.support ?? 0)) found = candidate
  }
  return found
}

/** A phrase without marks at its ends, of at most 25 words. */
export function short(text: string): string {
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.!?…—–-]+/u, '')
    .replace(/[\s,;:.!?…—–-]+$/u, '')
  const words = plain.split(' ')
  return words.length <= maxWords ? plain : words.slice(0, maxWords).join(' ')
}
