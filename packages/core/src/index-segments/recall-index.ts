import { nameKey } from '../analysis/name-key.ts'
import type { Analyzer, Assertion, Correction, Decision, Fact, Instant, Sense } from '../spec/index.ts'
import { Lists } from './lists.ts'
import { type AboutChunk, NameTrie } from './name-trie.ts'
import { postedChunk, posting } from './posting.ts'
import type { IndexedChunk, IndexedEpisode, SegmentContent } from './segment-content.ts'
import { tokenFlags, tokenWord } from './segment-content.ts'
import { StringTable } from './string-table.ts'
import { Vectors } from './vectors.ts'

/** A chunk as the process holds it. Its place in `RecallIndex.chunks` is its number here; numbers never leave the process. */
export interface LoadedChunk extends Omit<IndexedChunk, 'mentions' | 'about' | 'vector' | 'scale'> {
  readonly episode: IndexedEpisode
  /** The token stream, its words by their numbers in `RecallIndex.words`. */
  readonly tokens: Uint32Array
  /** For each token the number of its stem, or −1 for a stop word. */
  readonly stems: Int32Array
  /** Content words, the title's included. */
  readonly length: number
  readonly mentions: readonly LoadedMention[]
  /** Its own names, as their words with spaces. */
  readonly ownNames: readonly string[]
}

/** A fact with all that states it. */
export interface LoadedFact extends Fact {
  readonly assertions: LoadedAssertion[]
}

export interface LoadedAssertion extends Assertion {
  /** The number of its chunk, once that was asked for: see `RecallIndex.chunkOf`. */
  chunk: number | undefined
}

/** Where a sense is mentioned. */
export interface LoadedMention {
  readonly senseId: string
  /** Its place in `entityTypes`. */
  readonly type: number
  readonly chunk: number
  readonly name: string
}

/**
 * The recall index of one memory, in the process: everything a question needs but the texts of passages. Grows by segments; what was added is
 * not changed any more. Results must not depend on the order in which segments came, so nothing that leaves this class may depend on numbers.
 */
export class RecallIndex {
  /** The version of the memory up to which it is loaded. */
  version = 0
  sizeBytes = 0
  /** How many segments were added. */
  segments = 0
  readonly chunks: LoadedChunk[] = []
  /** By number of chunk. */
  readonly vectors: Vectors = new Vectors()
  readonly chunkNumbers: Map<string, number> = new Map()
  readonly episodes: Map<string, IndexedEpisode> = new Map()
  readonly retiredAt: Map<string, Instant> = new Map()
  readonly chunksOfEpisode: Map<string, number[]> = new Map()
  /** By stem: see {@link posting}. */
  readonly postings: number[][] = []
  readonly about: Lists<AboutChunk> = new Lists()
  /** The same names, word by word. */
  readonly names: NameTrie = new NameTrie()
  /** All words, folded. */
  readonly words: StringTable = new StringTable()
  readonly senses: Map<string, Sense> = new Map()
  readonly sensesOfKey: Lists<Sense> = new Lists()
  readonly mentionsOf: Lists<LoadedMention> = new Lists()
  readonly decisions: Map<string, Decision> = new Map()
  readonly decisionsOf: Lists<Decision> = new Lists()
  readonly facts: Map<string, LoadedFact> = new Map()
  readonly factsOf: Lists<LoadedFact> = new Lists()
  readonly assertions: Map<string, LoadedAssertion> = new Map()
  readonly assertionsIn: Lists<LoadedAssertion> = new Lists()
  readonly corrections: Correction[] = []
  /** The chunks of those who speak under a name, by its key. */
  readonly chunksOfSpeaker: Map<string, number[]> = new Map()
  /** The turns of each session, by number. */
  readonly turnsOfSession: Map<string, number[]> = new Map()
  /** The most words in a key of a name. */
  longestKey = 1

  readonly #analyzer: Analyzer
  readonly #stems = new StringTable()
  /** By number of word; −1 for a stop word. */
  readonly #stemOfWord: number[] = []
  readonly #correctionIds = new Set<string>()
  /** Sessions whose turns came since they were last put in order. */
  readonly #unordered = new Set<string>()

  constructor(analyzer: Analyzer) {
    this.#analyzer = analyzer
  }

  /** The number of a word's stem here; `undefined` if no passage has it. */
  stemNumber(word: string): number | undefined {
    return this.#stems.find(this.#analyzer.stem(word))
  }

  /** The number of the stem of a word, by the word's number; −1 for a stop word. */
  stemOfWord(word: number): number {
    return this.#stemOfWord[word] ?? -1
  }

  /** How many stems there are; their numbers are below. */
  get stemCount(): number {
    return this.#stems.strings.length
  }

  /** Adds a segment's content. What is already there, by id, stays as it is. */
  add(content: SegmentContent, sizeBytes: number): void {
    this.sizeBytes += sizeBytes
    this.segments += 1
    for (const episode of content.episodes) if (!this.episodes.has(episode.id)) this.episodes.set(episode.id, episode)
    for (const { episodeId, at } of content.retired) this.retiredAt.set(episodeId, Math.min(at, this.retiredAt.get(episodeId) ?? at))
    for (const sense of content.senses) this.#addSense(sense)
    this.#addChunks(content)
    for (const decision of content.decisions) {
      if (this.decisions.has(decision.id)) continue
      this.decisions.set(decision.id, decision)
      for (const sense of decision.senses) this.decisionsOf.push(sense, decision)
    }
    for (const each of content.facts) {
      if (this.facts.has(each.id)) continue
      const fact: LoadedFact = { ...each, assertions: [] }
      this.facts.set(fact.id, fact)
      this.factsOf.push(fact.subjectId, fact)
      if ('senseId' in fact.object && fact.object.senseId !== fact.subjectId) this.factsOf.push(fact.object.senseId, fact)
    }
    for (const each of content.assertions) {
      if (this.assertions.has(each.id)) continue
      const assertion: LoadedAssertion = { ...each, chunk: undefined }
      this.assertions.set(assertion.id, assertion)
      // A fact comes before what states it, in the same segment or in an earlier one.
      this.facts.get(assertion.factId)?.assertions.push(assertion)
      this.assertionsIn.push(assertion.chunkId, assertion)
    }
    for (const correction of content.corrections) {
      if (this.#correctionIds.has(correction.id)) continue
      this.#correctionIds.add(correction.id)
      this.corrections.push(correction)
    }
  }

  /** The turns of a session by time, then by place in the session, then by place in the turn. */
  turnsInOrder(session: string): readonly number[] {
    const turns = this.turnsOfSession.get(session) ?? []
    if (this.#unordered.delete(session)) turns.sort((a, b) => compareTurns(this.chunks[a], this.chunks[b]))
    return turns
  }

  /** The number of the chunk that states something; −1 when it is not there. */
  chunkOf(assertion: LoadedAssertion): number {
    assertion.chunk ??= this.chunkNumbers.get(assertion.chunkId)
    return assertion.chunk ?? -1
  }

  #addSense(sense: Sense): void {
    if (this.senses.has(sense.id)) return
    this.senses.set(sense.id, sense)
    this.sensesOfKey.push(sense.key, sense)
    this.longestKey = Math.max(this.longestKey, wordsOf(sense.key))
  }

  #addChunks({ chunks, strings }: SegmentContent): void {
    const numbers = new Int32Array(strings.length).fill(-1)
    const numberOf = (place: number): number => {
      let number = numbers[place] ?? -1
      if (number < 0) numbers[place] = number = this.#place(strings[place] ?? '')
      return number
    }
    // One piece of memory for all: a thousand small ones take longer to get.
    const count = chunks.reduce((total, { tokens }) => total + tokens.length, 0)
    const tokens = new Uint32Array(count)
    const stems = new Int32Array(count)
    this.vectors.reserve(chunks.length, chunks[0]?.vector.length ?? 0)
    let from = 0
    for (const chunk of chunks) {
      const to = from + chunk.tokens.length
      this.#addChunk(chunk, strings, numberOf, tokens.subarray(from, to), stems.subarray(from, to))
      from = to
    }
  }

  #addChunk(
    chunk: IndexedChunk,
    strings: readonly string[],
    numberOf: (place: number) => number,
    tokens: Uint32Array,
    stems: Int32Array,
  ): void {
    const episode = this.episodes.get(chunk.episodeId)
    if (episode === undefined || this.chunkNumbers.has(chunk.id)) return
    const number = this.chunks.length
    for (let place = 0; place < tokens.length; place += 1) {
      const value = chunk.tokens[place] ?? 0
      const word = numberOf(tokenWord(value))
      tokens[place] = word * 8 + tokenFlags(value)
      stems[place] = this.#stemOfWord[word] ?? -1
    }
    const length = this.#post(number, stems)
    const ownNames: string[] = []
    for (const { key, words, kind } of chunk.about) {
      this.about.push(strings[key] ?? '', { chunk: number, kind })
      const ofName = words.map(numberOf)
      ownNames.push(ofName.map((word) => this.words.strings[word] ?? '').join(' '))
      if (ofName.length > 0) this.names.add(ofName, { chunk: number, kind })
      this.longestKey = Math.max(this.longestKey, wordsOf(strings[key] ?? ''))
    }
    const mentions = chunk.mentions.map(({ senseId, type, surface }) => ({ senseId, type, chunk: number, name: strings[surface] ?? '' }))
    for (const mention of mentions) this.mentionsOf.push(mention.senseId, mention)
    const { id, episodeId, index, recordedAt, titleTokens, sentences } = chunk
    const own = { tokens, stems, length, titleTokens, sentences, mentions, ownNames }
    this.chunks.push({ id, episodeId, episode, index, recordedAt, ...own })
    this.vectors.add(chunk)
    this.chunkNumbers.set(id, number)
    push(this.chunksOfEpisode, episodeId, number)
    if (episode.kind === 'turn') {
      push(this.turnsOfSession, episode.session ?? '', number)
      this.#unordered.add(episode.session ?? '')
    }
    if (episode.speaker !== undefined) push(this.chunksOfSpeaker, nameKey(episode.speaker), number)
  }

  /** Adds a chunk to the postings of its stems; returns how many content words it has. */
  #post(number: number, stems: Int32Array): number {
    let length = 0
    for (const stem of stems) {
      if (stem < 0) continue
      length += 1
      const list = this.postings[stem] ?? []
      if (list.length === 0) this.postings[stem] = list
      const last = list.length - 1
      if (last >= 0 && postedChunk(list[last] ?? 0) === number) list[last] = (list[last] ?? 0) + 1
      else list.push(posting(number, 1))
    }
    return length
  }

  #place(word: string): number {
    const number = this.words.place(word)
    if (this.#stemOfWord[number] === undefined) {
      this.#stemOfWord[number] = this.#analyzer.isStopWord(word) ? -1 : this.#stems.place(this.#analyzer.stem(word))
    }
    return number
  }
}

function compareTurns(first: LoadedChunk | undefined, second: LoadedChunk | undefined): number {
  if (first === undefined || second === undefined) return 0
  return (
    (first.episode.at ?? 0) - (second.episode.at ?? 0) ||
    (first.episode.sequence ?? 0) - (second.episode.sequence ?? 0) ||
    (first.episodeId === second.episodeId ? first.index - second.index : first.episodeId < second.episodeId ? -1 : 1)
  )
}

/** How many words a key of a name has. */
function wordsOf(key: string): number {
  let words = 1
  for (let at = key.indexOf(' '); at >= 0; at = key.indexOf(' ', at + 1)) words += 1
  return words
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
