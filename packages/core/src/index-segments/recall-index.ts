import { nameKey } from '../analysis/name-key.ts'
import type { Analyzer, Assertion, Correction, Decision, Fact, Instant, Sense } from '../spec/index.ts'
import { type AboutChunk, NameTrie } from './name-trie.ts'
import type { IndexedChunk, IndexedEpisode, IndexedMention, SegmentContent } from './segment-content.ts'
import { tokenFlags, tokenWord } from './segment-content.ts'
import { StringTable } from './string-table.ts'

/** Chunks that hold a stem, and how often: two lists of one length. */
export interface Posting {
  readonly chunks: number[]
  readonly frequencies: number[]
}

/** A chunk as the process holds it. Its place in `RecallIndex.chunks` is its number here; numbers never leave the process. */
export interface LoadedChunk extends IndexedChunk {
  readonly episode: IndexedEpisode
  /** The token stream, its words by their numbers in `RecallIndex.words`. */
  readonly tokens: Uint32Array
  /** For each token the number of its stem, or −1 for a stop word. */
  readonly stems: Int32Array
  /** Content words, the title's included. */
  readonly length: number
  /** Its own names, as their words with spaces. */
  readonly ownNames: ReadonlySet<string>
}

/** Where a sense is mentioned. */
export interface LoadedMention extends IndexedMention {
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
  readonly chunkNumbers: Map<string, number> = new Map()
  readonly episodes: Map<string, IndexedEpisode> = new Map()
  readonly retiredAt: Map<string, Instant> = new Map()
  readonly chunksOfEpisode: Map<string, number[]> = new Map()
  readonly postings: (Posting | undefined)[] = []
  readonly about: Map<string, AboutChunk[]> = new Map()
  /** The same names, word by word. */
  readonly names: NameTrie = new NameTrie()
  /** All words, folded. */
  readonly words: StringTable = new StringTable()
  readonly senses: Map<string, Sense> = new Map()
  readonly sensesOfKey: Map<string, Sense[]> = new Map()
  readonly mentionsOf: Map<string, LoadedMention[]> = new Map()
  readonly decisions: Map<string, Decision> = new Map()
  readonly decisionsOf: Map<string, Decision[]> = new Map()
  readonly facts: Map<string, Fact> = new Map()
  readonly factsOf: Map<string, Fact[]> = new Map()
  readonly assertions: Map<string, Assertion> = new Map()
  readonly assertionsOf: Map<string, Assertion[]> = new Map()
  readonly assertionsIn: Map<string, Assertion[]> = new Map()
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
    const words = new Int32Array(content.strings.length).fill(-1)
    for (const chunk of content.chunks) this.#addChunk(chunk, content.strings, words)
    for (const decision of content.decisions) {
      if (this.decisions.has(decision.id)) continue
      this.decisions.set(decision.id, decision)
      for (const sense of decision.senses) push(this.decisionsOf, sense, decision)
    }
    for (const fact of content.facts) {
      if (this.facts.has(fact.id)) continue
      this.facts.set(fact.id, fact)
      push(this.factsOf, fact.subjectId, fact)
      if ('senseId' in fact.object && fact.object.senseId !== fact.subjectId) push(this.factsOf, fact.object.senseId, fact)
    }
    for (const assertion of content.assertions) {
      if (this.assertions.has(assertion.id)) continue
      this.assertions.set(assertion.id, assertion)
      push(this.assertionsOf, assertion.factId, assertion)
      push(this.assertionsIn, assertion.chunkId, assertion)
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

  #addSense(sense: Sense): void {
    if (this.senses.has(sense.id)) return
    this.senses.set(sense.id, sense)
    push(this.sensesOfKey, sense.key, sense)
    this.longestKey = Math.max(this.longestKey, sense.key.split(' ').length)
  }

  #addChunk(chunk: IndexedChunk, strings: readonly string[], words: Int32Array): void {
    const episode = this.episodes.get(chunk.episodeId)
    if (episode === undefined || this.chunkNumbers.has(chunk.id)) return
    const number = this.chunks.length
    const tokens = chunk.tokens.map((value) => this.#wordNumberOf(tokenWord(value), strings, words) * 8 + tokenFlags(value))
    const stems = Int32Array.from(tokens, (value) => this.#stemOfWord[tokenWord(value)] ?? -1)
    const frequencies = new Map<number, number>()
    let length = 0
    for (const stem of stems) {
      if (stem < 0) continue
      length += 1
      frequencies.set(stem, (frequencies.get(stem) ?? 0) + 1)
    }
    for (const [stem, frequency] of frequencies) {
      let posting = this.postings[stem]
      if (posting === undefined) this.postings[stem] = posting = { chunks: [], frequencies: [] }
      posting.chunks.push(number)
      posting.frequencies.push(frequency)
    }
    const ownNames = new Set<string>()
    for (const { key, kind } of chunk.about) {
      const name = strings[key] ?? ''
      push(this.about, name, { chunk: number, kind })
      const ofName = this.#analyzer.words(name).map(({ word }) => word)
      ownNames.add(ofName.join(' '))
      if (ofName.length > 0)
        this.names.add(
          ofName.map((word) => this.#place(word)),
          { chunk: number, kind },
        )
      this.longestKey = Math.max(this.longestKey, name.split(' ').length)
    }
    for (const mention of chunk.mentions)
      push(this.mentionsOf, mention.senseId, { ...mention, chunk: number, name: strings[mention.surface] ?? '' })
    this.chunks.push({ ...chunk, episode, tokens, stems, length, ownNames })
    this.chunkNumbers.set(chunk.id, number)
    push(this.chunksOfEpisode, chunk.episodeId, number)
    if (episode.kind === 'turn') {
      push(this.turnsOfSession, episode.session ?? '', number)
      this.#unordered.add(episode.session ?? '')
    }
    if (episode.speaker !== undefined) push(this.chunksOfSpeaker, nameKey(episode.speaker), number)
  }

  /** The number here of a segment's word; `words` holds those that are known by now, and −1 for others. */
  #wordNumberOf(place: number, strings: readonly string[], words: Int32Array): number {
    let number = words[place] ?? -1
    if (number < 0) words[place] = number = this.#place(strings[place] ?? '')
    return number
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

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
