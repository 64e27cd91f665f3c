import { stemmer } from 'stemmer'

const saturation = 1.2
const lengthShare = 0.75

const stopWords = new Set(
  `a an and are as at be been but by did do does for from had has have he her hers him his how i if in into is it its me my of on or our s she
  so than that the their them then there these they this those to was we were what when where which who whom whose why will with would you
  your`.split(/\s+/),
)

/**
 * Ranks texts for a question by BM25 (Robertson and others, 1994) over Porter stems without stop words, k1 = 1.2, b = 0.75: the baseline,
 * with an analysis of its own so that it stays where it is when the library's changes.
 */
export function bm25(texts: readonly string[]): (question: string) => readonly number[] {
  const postings = new Map<string, Map<number, number>>()
  const lengths = texts.map((text, place) => {
    const stems = contentStems(text)
    for (const stem of stems) {
      const posting = postings.get(stem) ?? new Map<number, number>()
      postings.set(stem, posting.set(place, (posting.get(place) ?? 0) + 1))
    }
    return stems.length
  })
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / texts.length

  return (question) => {
    const scores = new Map<number, number>()
    for (const stem of new Set(contentStems(question))) {
      const posting = postings.get(stem)
      if (posting === undefined) continue
      const rarity = Math.log(1 + (texts.length - posting.size + 0.5) / (posting.size + 0.5))
      for (const [place, count] of posting) {
        const norm = saturation * (1 - lengthShare + (lengthShare * (lengths[place] ?? 0)) / meanLength)
        scores.set(place, (scores.get(place) ?? 0) + (rarity * count * (saturation + 1)) / (count + norm))
      }
    }
    return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([place]) => place)
  }
}

function contentStems(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{L})['’`]s\b/gu, '$1 s')
    .toLowerCase()
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !stopWords.has(word)).map(stemmer)
}
