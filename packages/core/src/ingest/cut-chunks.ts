import type { Analyzer, TextSpan } from '../spec/index.ts'

/** The longest chunk, in UTF-16 code units. */
export const maxChunkLength = 1_600

/**
 * Cuts a text into passages of whole sentences of at most {@link maxChunkLength}, and prefers to end one where a paragraph ends once it is half full.
 * A sentence that is longer by itself is cut at white space, or anywhere if it has none.
 */
export function cutChunks(text: string, analyzer: Analyzer): readonly TextSpan[] {
  const chunks: TextSpan[] = []
  let open: TextSpan | undefined
  for (const sentence of analyzer.sentences(text).flatMap((span) => cutLong(text, span))) {
    if (open !== undefined && (sentence.end - open.start > maxChunkLength || endsParagraph(text, open, sentence))) {
      chunks.push(open)
      open = undefined
    }
    open = { start: open?.start ?? sentence.start, end: sentence.end }
  }
  if (open !== undefined) chunks.push(open)
  return chunks
}

function endsParagraph(text: string, open: TextSpan, next: TextSpan): boolean {
  return open.end - open.start > maxChunkLength / 2 && /\n\s*\n/.test(text.slice(open.end, next.start))
}

function cutLong(text: string, span: TextSpan): readonly TextSpan[] {
  const parts: TextSpan[] = []
  let start = span.start
  while (span.end - start > maxChunkLength) {
    const space = text.lastIndexOf(' ', start + maxChunkLength)
    let end = space > start ? space : start + maxChunkLength
    // Never between the halves of a surrogate pair.
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1
    parts.push({ start, end })
    start = end
    // A part that begins with white space could be nothing else.
    while (start < span.end && /\s/.test(text.charAt(start))) start += 1
  }
  if (span.end > start) parts.push({ start, end: span.end })
  return parts
}
