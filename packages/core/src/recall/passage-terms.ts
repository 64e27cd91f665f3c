import type { Asked } from './asked.ts'

/** Where the terms of a question stand in the sentences of one passage. */
interface PassageTerms {
  /** For each sentence, where its terms begin in `places` and `terms`; one more at the end. */
  readonly starts: Int32Array
  /** Places in the passage's tokens, and the term at each. */
  readonly places: readonly number[]
  readonly terms: readonly number[]
  /** By term: 1 when the title has it. */
  readonly inTitle: Uint8Array
}

/** Finds the terms of a question in passages; each passage is read once. */
export type ReadTerms = (number: number) => PassageTerms

export function termReader(asked: Asked): ReadTerms {
  const read = new Map<number, PassageTerms>()
  return (number) => {
    let terms = read.get(number)
    if (terms === undefined) {
      terms = readTerms(asked, number)
      read.set(number, terms)
    }
    return terms
  }
}

function readTerms({ passages, termOf, terms }: Asked, number: number): PassageTerms {
  const chunk = passages.index.chunks[number]
  const inTitle = new Uint8Array(terms.length)
  const sentences = chunk?.sentences ?? []
  const starts = new Int32Array(sentences.length + 1)
  const found: { places: number[]; terms: number[] } = { places: [], terms: [] }
  if (chunk === undefined) return { starts, ...found, inTitle }
  const { stems } = chunk
  for (let place = 0; place < chunk.titleTokens; place += 1) {
    const term = termOf[stems[place] ?? -1] ?? 0
    if (term > 0) inTitle[term - 1] = 1
  }
  let place = chunk.titleTokens
  for (let sentence = 0; sentence < sentences.length; sentence += 1) {
    starts[sentence] = found.places.length
    const end = sentences[sentence]?.tokenEnd ?? place
    for (; place < end; place += 1) {
      const stem = stems[place] ?? -1
      const term = stem < 0 ? 0 : (termOf[stem] ?? 0)
      if (term === 0) continue
      found.places.push(place)
      found.terms.push(term - 1)
    }
  }
  starts[sentences.length] = found.places.length
  return { starts, ...found, inTitle }
}
