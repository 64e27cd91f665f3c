import { lifeOf } from './dated.ts'
import { type Prose, wordsIn } from './prose.ts'
import { stemOf } from './terms.ts'

/** A word of a sentence, folded. */
export interface ProseWord {
  readonly word: string
  readonly stem: string
  readonly start: number
}

/** A passage with the words of its sentences. */
export interface ReadProse {
  readonly prose: Prose
  readonly words: readonly (readonly ProseWord[])[]
  readonly stems: ReadonlySet<string>
}

/** Reads the words of a passage. Before the dates of somebody's life, "(1901 – 1974)", it reads "born" and "died". */
export function readWords(prose: Prose): ReadProse {
  const words = prose.sentences.map(({ text }) => wordsIn(text).map(({ word, start }) => ({ word, stem: stemOf(word), start })))
  const { born, died } = lifeOf(prose)
  for (const [dated, word] of [
    [born, 'born'],
    [died, 'die'],
  ] as const) {
    if (dated === undefined) continue
    const sentence = words[prose.sentences.indexOf(dated.sentence)]
    const place = sentence?.findIndex(({ start }) => start >= dated.moment.start) ?? -1
    if (place >= 0) sentence?.splice(place, 0, { word, stem: stemOf(word), start: dated.moment.start })
  }
  const title = wordsIn(prose.passage.title ?? '').map(({ word }) => stemOf(word))
  return { prose, words, stems: new Set([...title, ...words.flat().map(({ stem }) => stem)]) }
}
