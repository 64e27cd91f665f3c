import type { AboutChunk } from '../index-segments/name-trie.ts'
import { postedChunk } from '../index-segments/posting.ts'
import type { RecallIndex } from '../index-segments/recall-index.ts'
import { tokenWord } from '../index-segments/segment-content.ts'
import type { Belief } from './belief.ts'
import { findNames } from './find-names.ts'

/** A name that a passage speaks of. */
export interface PassageName {
  /** Its number in this view. */
  readonly name: number
  readonly sentence: number
  /** Its first word and the one after its last, as places in the passage's tokens. */
  readonly from: number
  readonly to: number
}

/** A name that passages speak of or are about. */
export interface KnownName {
  /** Its words, folded, with spaces. */
  readonly text: string
  /** The stems of its content words. */
  readonly stems: readonly number[]
  readonly startsNumeric: boolean
  /** The believed passages that are about it. */
  readonly about: readonly AboutChunk[]
}

/** A name that more passages than this hold tells nothing, and is not followed. */
const mostHolders = 600
/** What is less surely a passage's name than this is not what others call it: see `AboutName`. */
const leastOwnKind = 2
/** A name whose rarest word is in more passages than this is not looked for. */
const mostPostings = 5_000

/**
 * The believed passages of a memory, and the statistics of these and no others: what recall ranks by. Made once for a version and a moment;
 * names are looked for in a passage when they are first asked for, so that a name learnt late reaches earlier passages.
 */
export class Passages {
  readonly index: RecallIndex
  /** By number of chunk: 1 for believed. */
  readonly believed: Uint8Array
  readonly count: number
  /** By number of chunk: its content words. */
  readonly lengths: Int32Array
  /** Content words of a believed passage, on average. */
  readonly averageLength: number
  /** By number of chunk: the believed passages before and after it, of its session or of its document; −1 for none. */
  readonly before: Int32Array
  readonly after: Int32Array
  /** By number of chunk: the number of its session, or of its document. */
  readonly group: Int32Array
  readonly groupCount: number
  readonly #frequencies = new Map<number, number>()
  /** The stems of all titles, and by number of chunk where its own begin. */
  readonly #titleStems: Int32Array
  readonly #titleStarts: Int32Array
  readonly #about: (readonly AboutChunk[] | undefined)[] = []
  readonly #mentions: (readonly PassageName[] | undefined)[] = []
  readonly #names: KnownName[] = []
  readonly #nameNumbers = new Map<string, number>()
  readonly #own: (PassageName | null | undefined)[] = []
  readonly #holders: (readonly number[] | undefined)[] = []

  constructor(belief: Belief) {
    const { chunks } = belief.index
    this.index = belief.index
    this.believed = new Uint8Array(chunks.length)
    this.lengths = Int32Array.from(chunks, (chunk) => chunk.length)
    this.#titleStarts = new Int32Array(chunks.length + 1)
    let count = 0
    let length = 0
    let titles = 0
    for (let number = 0; number < chunks.length; number += 1) {
      titles += chunks[number]?.titleTokens ?? 0
      this.#titleStarts[number + 1] = titles
      if (!belief.chunk(number)) continue
      this.believed[number] = 1
      count += 1
      length += this.lengths[number] ?? 0
    }
    this.#titleStems = new Int32Array(titles)
    for (const [number, { stems, titleTokens }] of chunks.entries()) {
      this.#titleStems.set(stems.subarray(0, titleTokens), this.#titleStarts[number])
    }
    this.count = count
    this.averageLength = count === 0 ? 0 : length / count
    this.before = new Int32Array(chunks.length).fill(-1)
    this.after = new Int32Array(chunks.length).fill(-1)
    this.group = new Int32Array(chunks.length).fill(-1)
    this.groupCount = this.#order()
  }

  /** In how many believed passages a stem is. */
  frequency(stem: number): number {
    let frequency = this.#frequencies.get(stem)
    if (frequency === undefined) {
      frequency = 0
      for (const value of this.index.postings[stem] ?? []) frequency += this.believed[postedChunk(value)] ?? 0
      this.#frequencies.set(stem, frequency)
    }
    return frequency
  }

  /** `ln(1 + (N − n + ½) / (n + ½))`, as in BM25; for a stem that no passage has, n is 0. */
  rarity(stem: number): number {
    const frequency = stem < 0 ? 0 : this.frequency(stem)
    return Math.log(1 + (this.count - frequency + 0.5) / (frequency + 0.5))
  }

  /** Whether the title of a passage has a stem. */
  titleHas(number: number, stem: number): boolean {
    const end = this.#titleStarts[number + 1] ?? 0
    for (let place = this.#titleStarts[number] ?? 0; place < end; place += 1) if (this.#titleStems[place] === stem) return true
    return false
  }

  /** The believed passages about the name that ends at a node of `index.names`. */
  about(node: number): readonly AboutChunk[] {
    let about = this.#about[node]
    if (about === undefined) {
      about = this.index.names.about(node).filter(({ chunk }) => this.believed[chunk] === 1)
      this.#about[node] = about
    }
    return about
  }

  /** The names in a passage's sentences: those that believed passages are about, and other capitalised words. */
  names(number: number): readonly PassageName[] {
    let names = this.#mentions[number]
    if (names === undefined) {
      names = this.#find(number)
      this.#mentions[number] = names
    }
    return names
  }

  /** The name that a passage is about, by which others speak of it: the shortest of its sure ones; `undefined` for none. */
  ownName(number: number): PassageName | undefined {
    const known = this.#own[number]
    if (known !== undefined) return known ?? undefined
    const own = this.#findOwn(number)
    this.#own[number] = own ?? null
    return own
  }

  name(number: number): KnownName {
    return this.#names[number] ?? { text: '', stems: [], startsNumeric: false, about: [] }
  }

  /** The believed passages that hold all words of a name; none for a name of words that are everywhere. */
  holders(name: number): readonly number[] {
    let holders = this.#holders[name]
    if (holders === undefined) {
      holders = this.#intersect(this.name(name).stems)
      this.#holders[name] = holders
    }
    return holders
  }

  #intersect(stems: readonly number[]): readonly number[] {
    const [rarest, ...others] = [...stems].sort((a, b) => this.frequency(a) - this.frequency(b))
    if (rarest === undefined || this.frequency(rarest) > mostPostings) return []
    const rest = others.map((stem) => this.index.postings[stem] ?? [])
    const holders: number[] = []
    for (const value of this.index.postings[rarest] ?? []) {
      const number = postedChunk(value)
      if (this.believed[number] !== 1 || !rest.every((list) => holds(list, number))) continue
      holders.push(number)
      if (holders.length > mostHolders) return []
    }
    return holders
  }

  #find(number: number): readonly PassageName[] {
    const chunk = this.index.chunks[number]
    if (chunk === undefined) return []
    const found: PassageName[] = []
    let from = chunk.titleTokens
    for (const [sentence, { tokenEnd }] of chunk.sentences.entries()) {
      for (const span of findNames(chunk.tokens, chunk.stems, from, tokenEnd, this, { anyCase: false })) {
        const words = Array.from(chunk.tokens.subarray(span.from, span.to), tokenWord)
        found.push({ name: this.#numberOf(words, span.node), sentence, from: span.from, to: span.to })
      }
      from = tokenEnd
    }
    return found
  }

  #numberOf(words: readonly number[], node: number): number {
    const { strings } = this.index.words
    const text = words.map((word) => strings[word]).join(' ')
    let number = this.#nameNumbers.get(text)
    if (number === undefined) {
      number = this.#names.length
      const content = [...new Set(words.map((word) => this.index.stemOfWord(word)))].filter((stem) => stem >= 0)
      this.#names.push({ text, stems: content, startsNumeric: /^\p{N}/u.test(text), about: node === 0 ? [] : this.about(node) })
      this.#nameNumbers.set(text, number)
    }
    return number
  }

  /** The shortest name that it is surely about. */
  #findOwn(number: number): PassageName | undefined {
    const { words, names } = this.index
    let least = Number.POSITIVE_INFINITY
    let own: PassageName | undefined
    for (const text of this.index.chunks[number]?.ownNames ?? []) {
      const ofName = text.split(' ').map((word) => words.find(word) ?? 0)
      const node = names.walk(ofName)
      const kind = names.about(node).find(({ chunk }) => chunk === number)?.kind ?? 0
      if (kind < leastOwnKind || kind >= least) continue
      least = kind
      own = { name: this.#numberOf(ofName, node), sentence: 0, from: 0, to: 0 }
    }
    return own
  }

  /** Puts turns and passages of a document in order; returns how many sessions and documents there are. */
  #order(): number {
    let groups = 0
    for (const session of this.index.turnsOfSession.keys()) this.#chain(this.index.turnsInOrder(session), groups++)
    for (const numbers of this.index.chunksOfEpisode.values()) {
      if (this.index.chunks[numbers[0] ?? -1]?.episode.kind === 'turn') continue
      const inOrder = numbers.length < 2 ? numbers : [...numbers].sort((a, b) => this.#place(a) - this.#place(b))
      this.#chain(inOrder, groups++)
    }
    return groups
  }

  #chain(inOrder: readonly number[], group: number): void {
    let last = -1
    for (const number of inOrder) {
      if (this.believed[number] !== 1) continue
      this.group[number] = group
      if (last >= 0) {
        this.before[number] = last
        this.after[last] = number
      }
      last = number
    }
  }

  #place(number: number): number {
    return this.index.chunks[number]?.index ?? 0
  }
}

/** Whether a chunk is in the postings of a stem. */
function holds(postings: readonly number[], number: number): boolean {
  let low = 0
  let high = postings.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (postedChunk(postings[middle] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low < postings.length && postedChunk(postings[low] ?? 0) === number
}
