import type { EmbeddingTable } from './embedding-table.ts'

const longestWord = 100
const ideograph =
  /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B820}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu
/** One punctuation mark, or a run without space or punctuation. */
const word = /[!-/:-@[-`{-~\p{P}]|[^\s!-/:-@[-`{-~\p{P}]+/gu

/** The rows of a text's word pieces, by BERT's uncased rules; a word with an unknown piece gives none. */
export function wordPieces(text: string, table: EmbeddingTable): number[] {
  const rows: number[] = []
  for (const [found] of fold(text).matchAll(word)) addPieces(found, table, rows)
  return rows
}

function fold(text: string): string {
  return (
    text
      .replace(/\s/gu, ' ')
      .replace(/[\uFFFD\p{C}]/gu, '')
      .replace(ideograph, ' $& ')
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      // BERT has no final sigma, where toLowerCase() has one.
      .replaceAll('Σ', 'σ')
      .toLowerCase()
  )
}

/** Longest piece first. */
function addPieces(found: string, table: EmbeddingTable, rows: number[]): void {
  if (found.length > longestWord && [...found].length > longestWord) return
  const before = rows.length
  let from = 0
  while (from < found.length) {
    const pieces = from === 0 ? table.starts : table.continuations
    let until = Math.min(found.length, from + table.longestPiece)
    let row = pieces.get(found.slice(from, until))
    while (row === undefined && --until > from) row = pieces.get(found.slice(from, until))
    if (row === undefined) {
      rows.length = before
      return
    }
    rows.push(row)
    from = until
  }
}
