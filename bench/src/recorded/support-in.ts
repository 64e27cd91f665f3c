import { englishAnalyzer } from '@graphmem/core'
import type { TextSpan } from '@graphmem/core/spec'

/** What in a passage bears out what somebody else read there. */
export interface Support {
  /** The sentence with the most of its words, the first of equal ones; the whole passage where none has any. */
  readonly span: TextSpan
  /** The share of its content words that this sentence has, or the title: 0 to 1. */
  readonly share: number
}

const { sentences, words, stem, isStopWord } = englishAnalyzer

/** Finds the sentence of a text that a statement rests on, by its words alone. */
export function supportIn(text: string, statement: string, title = ''): Support {
  const stated = stemsOf(statement)
  const inTitle = stemsOf(title)
  let best: Support = { span: { start: 0, end: text.length }, share: 0 }
  let most = 0
  for (const span of sentences(text)) {
    const has = stemsOf(text.slice(span.start, span.end))
    const shared = stated.intersection(has).size
    if (shared <= most) continue
    most = shared
    best = { span, share: stated.intersection(has.union(inTitle)).size / stated.size }
  }
  return best
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set(words(text).flatMap(({ word }) => (isStopWord(word) ? [] : [stem(word)])))
}
