import type { Evidence } from '@graphmem/core/spec'
import { type Prose, readProse } from '../../src/answer/prose/prose.ts'

/** Titled passages as recall gives them, best first. */
export function evidenceOf(passages: Readonly<Record<string, string>>): Evidence {
  return {
    passages: Object.entries(passages).map(([title, text], place) => ({
      chunkId: `chunk${place}`,
      text,
      sentences: Array.from(new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text), ({ index, segment }) => ({
        start: index,
        end: index + segment.trimEnd().length,
      })),
      kind: 'document',
      title,
      score: 1,
    })),
    facts: [],
    named: [],
  }
}

export function proseOf(passages: Readonly<Record<string, string>>): readonly Prose[] {
  return readProse(evidenceOf(passages))
}
