import type { DocumentInput } from '@graphmem/core'
import { type CorpusPassage, type DatasetQuery, hasDataset, readLines } from '../datasets.ts'
import { randomNumbers } from '../random.ts'

/** So many passages, and questions that they can answer. */
export interface Prose {
  readonly documents: readonly DocumentInput[]
  /** Up to 100, of all sets. */
  readonly questions: readonly string[]
}

const sets = ['2wiki-dev', 'hotpot-dev', 'musique-dev'] as const
const questionsKept = 100
const seed = 11
/** A capitalised word of more passages than this is no name that a copy gives another of: "American", "University". */
const mostPassages = 20

export function hasProse(): boolean {
  return sets.every(hasDataset)
}

/**
 * The first passages of the three sets by turns, some 5,100. More than there are is made of them: in each further copy of all passages the rarer
 * names are others, the same throughout the copy, so that its passages lead to each other as the real ones do and have names of their own; and
 * passages exchange their sentences but for the first, so that none is like another. The other words stay, and are as much more frequent as they
 * are in a larger text. What holds for real passages alone, as recall, is not measured on these.
 */
export async function prose(count: number): Promise<Prose> {
  const corpora = await Promise.all(sets.map((set) => readLines<CorpusPassage>(set, 'corpus')))
  const longest = Math.max(...corpora.map(({ length }) => length))
  const passages = Array.from({ length: longest }, (_, place) =>
    corpora.flatMap((corpus, set) => {
      const passage = corpus[place]
      return passage === undefined ? [] : [{ id: `${sets[set]} ${passage.id}`, title: passage.title, text: passage.text }]
    }),
  ).flat()
  const real = passages.slice(0, count)
  return { documents: [...real, ...varied(passages, count - real.length)], questions: await questionsOf(real) }
}

async function questionsOf(passages: readonly { readonly id: string }[]): Promise<readonly string[]> {
  const there = new Set(passages.map(({ id }) => id))
  const queries = await Promise.all(sets.map(async (set) => ({ set, queries: await readLines<DatasetQuery>(set, 'queries') })))
  const answerable = queries.flatMap(({ set, queries }) => queries.filter(({ gold }) => gold.every((id) => there.has(`${set} ${id}`))))
  const step = Math.max(1, answerable.length / questionsKept)
  return Array.from(
    { length: Math.min(questionsKept, answerable.length) },
    (_, place) => answerable[Math.floor(place * step)]?.question ?? '',
  )
}

function varied(passages: readonly Required<Pick<DocumentInput, 'id' | 'title' | 'text'>>[], count: number): readonly DocumentInput[] {
  const random = randomNumbers(seed)
  const sentences = passages.map(({ text }) => sentencesOf(text))
  const names = rareNames(passages)
  return Array.from({ length: Math.max(0, count) }, (_, place): DocumentInput => {
    const copy = 1 + Math.floor(place / passages.length)
    const { id, title } = passages[place % passages.length] ?? { id: '', title: '' }
    const others = sentences[Math.floor(random() * sentences.length)] ?? []
    const text = [sentences[place % passages.length]?.[0] ?? '', ...others.slice(1)].join('')
    return { id: `${id} copy ${copy}`, title: renamed(title, names, copy), text: renamed(text, names, copy) }
  })
}

export function sentencesOf(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text), ({ segment }) => segment)
}

const capitalised = /\p{Lu}[\p{L}\p{M}]+/gu

function rareNames(passages: readonly { readonly title: string; readonly text: string }[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  const plain = new Set<string>()
  for (const { title, text } of passages) {
    const whole = `${title}. ${text}`
    for (const name of new Set(whole.match(capitalised))) counts.set(name, (counts.get(name) ?? 0) + 1)
    for (const word of whole.match(/(?<!\p{L})\p{Ll}[\p{L}\p{M}]+/gu) ?? []) plain.add(word)
  }
  return new Set([...counts].flatMap(([name, count]) => (count > mostPassages || plain.has(name.toLowerCase()) ? [] : [name])))
}

function renamed(text: string, names: ReadonlySet<string>, copy: number): string {
  return text.replace(capitalised, (word) => (names.has(word) ? shifted(word, copy) : word))
}

const vowels = 'aeiou'
const consonants = 'bcdfghjklmnpqrstvwxyz'

/** Each vowel and each consonant goes to one further along; so names that differ do so in every copy. */
function shifted(name: string, copy: number): string {
  const letters = Array.from(name.toLowerCase(), (letter) => {
    const among = vowels.includes(letter) ? vowels : consonants
    const place = among.indexOf(letter)
    return place < 0 ? letter : (among[(place + copy) % among.length] ?? letter)
  }).join('')
  return letters.charAt(0).toUpperCase() + letters.slice(1)
}
