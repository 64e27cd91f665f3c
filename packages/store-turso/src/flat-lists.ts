import type { EntityType, Mention, TextSpan } from '@graphmem/core/spec'

/*
 * The lists of a chunk, as one flat list each: every recall reads those of all that it has found, and JSON without the names of fields takes a
 * third of the time to parse, and half of the room.
 */

/** Two numbers a span: start and end. */
export function flatSpans(spans: readonly TextSpan[]): readonly number[] {
  return spans.flatMap(({ start, end }) => [start, end])
}

export function spansOf(flat: readonly number[]): readonly TextSpan[] {
  const spans: TextSpan[] = []
  for (let at = 0; at < flat.length; at += 2) spans.push({ start: flat[at] as number, end: flat[at + 1] as number })
  return spans
}

/** How many values a mention takes. The first is the id of its sense. */
export const valuesOfMention = 4

/** Four values a mention: the id of its sense, start, end, type. */
export function flatMentions(mentions: readonly Mention[]): readonly (string | number)[] {
  return mentions.flatMap(({ senseId, span, type }) => [senseId, span.start, span.end, type])
}

export function mentionsOf(flat: readonly (string | number)[]): readonly Mention[] {
  const mentions: Mention[] = []
  for (let at = 0; at < flat.length; at += valuesOfMention) {
    mentions.push({
      senseId: flat[at] as string,
      span: { start: flat[at + 1] as number, end: flat[at + 2] as number },
      type: flat[at + 3] as EntityType,
    })
  }
  return mentions
}
