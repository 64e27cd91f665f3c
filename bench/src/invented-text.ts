import { randomNumbers } from './random.ts'

/** A sentence about people, companies and towns that do not exist, with a question which it answers. */
export interface InventedSentence {
  readonly text: string
  readonly question: string
}

const syllables = `bar ben bor cal cor dan del dor fal fen gar gil hal hen jor kal ken lam len lor mar mel mor nal ner nor pal pen por
  quin ral ren ros sal sen sol tam tel tor val ven vor wal wen yar yor zan zel`.split(/\s+/)
const firstNames =
  `Alma Bruno Clara Dario Edith Felix Greta Hugo Irene Jonas Karin Leon Marta Nils Olga Pablo Rosa Stefan Thea Viktor`.split(' ')
const professions = 'teacher nurse engineer lawyer baker painter surgeon carpenter librarian pilot'.split(' ')
const trades = 'Systems Industries Bank Foods Motors Press Airlines Robotics'.split(' ')

type Template = (word: () => string, random: () => number) => InventedSentence

const templates: readonly Template[] = [
  (word, random) => {
    const person = `${pick(firstNames, random)} ${word()}`
    return { text: `${person} works at ${word()} ${pick(trades, random)} in ${word()}.`, question: `Where does ${person} work?` }
  },
  (word, random) => {
    const person = `${pick(firstNames, random)} ${word()}`
    return { text: `${person} is a ${pick(professions, random)} and lives in ${word()}.`, question: `Where does ${person} live?` }
  },
  (word, random) => {
    const company = `${word()} ${pick(trades, random)}`
    return { text: `${company} was founded by ${pick(firstNames, random)} ${word()} in ${word()}.`, question: `Who founded ${company}?` }
  },
  (word, random) => {
    const person = `${pick(firstNames, random)} ${word()}`
    return {
      text: `${person} married ${pick(firstNames, random)} ${word()} in ${1950 + Math.floor(random() * 70)}.`,
      question: `Who married ${person}?`,
    }
  },
  (word, random) => {
    const company = `${word()} ${pick(trades, random)}`
    return { text: `${company} bought ${word()} ${pick(trades, random)} and moved to ${word()}.`, question: `What did ${company} buy?` }
  },
]

/** Sentences without end, the same for the same seed. No invented word comes twice before some 110,000 others have. */
export function* inventedSentences(seed: number): Generator<InventedSentence, never> {
  const random = randomNumbers(seed)
  const word = inventedWords(random)
  for (;;) yield pick(templates, random)(word, random)
}

/** Names of people without end, the same for the same seed, no family name twice before some 110,000 others have been. */
export function* inventedPeople(seed: number): Generator<string, never> {
  const random = randomNumbers(seed)
  const word = inventedWords(random)
  for (;;) yield `${pick(firstNames, random)} ${word()}`
}

function inventedWords(random: () => number): () => string {
  const words = syllables.length ** 3
  let place = Math.floor(random() * words)
  // A step that shares no factor with the number of words visits every one of them.
  return () => {
    place = (place + 61_637) % words
    return inventedWord(place)
  }
}

function inventedWord(place: number): string {
  const size = syllables.length
  const text = [place % size, Math.floor(place / size) % size, Math.floor(place / size ** 2)].map((part) => syllables[part]).join('')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)] as T
}
