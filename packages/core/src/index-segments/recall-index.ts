import { nameKey } from '../analysis/name-key.ts'
import type { Analyzer, Correction, Decision, Instant, Sense } from '../spec/index.ts'
import type { ChunkRow, ChunkRows } from './chunk-codec.ts'
import { Lists } from './lists.ts'
import { LoadedChunk } from './loaded-chunk.ts'
import { type LoadedAssertion, LoadedFacts } from './loaded-facts.ts'
import { LoadedMentions, type MentionPart } from './loaded-mentions.ts'
import { LoadedSenses } from './loaded-senses.ts'
import { type AboutChunk, NameTrie } from './name-trie.ts'
import { mentionWidth } from './part-rows.ts'
import { postedChunk, posting } from './posting.ts'
import type { SegmentRows } from './segment-codec.ts'
import type { IndexedEpisode } from './segment-content.ts'
import { tokenFlags, tokenWord } from './segment-content.ts'
import { StringTable } from './string-table.ts'
import { textNumbers } from './text-numbers.ts'
import { Vectors } from './vectors.ts'
import { wordCount } from './word-count.ts'

export type { LoadedChunk } from './loaded-chunk.ts'

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
  /** All words, folded, and their stems: many a word is its own. */
  readonly words: StringTable = new StringTable()
  readonly senses: LoadedSenses = new LoadedSenses()
  readonly sensesOfKey: Pick<Lists<Sense>, 'has' | 'get'> = {
    has: (key) => this.senses.hasKey(key),
    get: (key) => this.senses.ofKey(key),
  }
  /** By sense. */
  readonly mentionsOf: LoadedMentions = new LoadedMentions(this.senses.ids)
  readonly decisions: Map<string, Decision> = new Map()
  readonly decisionsOf: Lists<Decision> = new Lists()
  readonly facts: LoadedFacts = new LoadedFacts(this.senses.ids)
  readonly corrections: Correction[] = []
  /** The chunks of those who speak under a name, by its key. */
  readonly chunksOfSpeaker: Map<string, number[]> = new Map()
  /** The turns of each session, by number. */
  readonly turnsOfSession: Map<string, number[]> = new Map()
  readonly #analyzer: Analyzer
  /** By number of word: the number of its stem among the words; −1 for a stop word. */
  readonly #stemOfWord: number[] = []
  /** The most words in the key of a name that a passage is about. */
  #longestKey = 1
  readonly #correctionIds = new Set<string>()
  /** Sessions whose turns came since they were last put in order. */
  readonly #unordered = new Set<string>()

  constructor(analyzer: Analyzer) {
    this.#analyzer = analyzer
  }

  /** The number of a word's stem here; `undefined` if no passage has it. */
  stemNumber(word: string): number | undefined {
    const stem = this.words.find(this.#analyzer.stem(word))
    return stem === undefined || this.postings[stem] === undefined ? undefined : stem
  }

  /** The number of the stem of a word, by the word's number; −1 for a stop word. */
  stemOfWord(word: number): number {
    return this.#stemOfWord[word] ?? -1
  }

  /** All numbers of stems are below. */
  get stemLimit(): number {
    return this.words.strings.length
  }

  /** The most words in a key of a name. */
  get longestKey(): number {
    return Math.max(this.#longestKey, this.senses.longestKey)
  }

  /** Adds a segment, whose rows are the index's from then on. What is already there, by id, stays as it is. */
  add(segment: SegmentRows, sizeBytes: number): void {
    this.sizeBytes += sizeBytes
    this.segments += 1
    for (const episode of segment.episodes) if (!this.episodes.has(episode.id)) this.episodes.set(episode.id, episode)
    for (const { episodeId, at } of segment.retired) this.retiredAt.set(episodeId, Math.min(at, this.retiredAt.get(episodeId) ?? at))
    const senseOf = textNumbers(this.senses.ids, segment.texts)
    this.senses.add(segment.senses, segment.texts, senseOf)
    this.#addChunks(segment, senseOf)
    for (const decision of segment.decisions) {
      if (this.decisions.has(decision.id)) continue
      this.decisions.set(decision.id, decision)
      for (const sense of decision.senses) this.decisionsOf.push(sense, decision)
    }
    this.facts.add(segment.facts, segment.assertions, segment.texts, senseOf)
    for (const correction of segment.corrections) {
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

  #addChunks(segment: SegmentRows, senseOf: (place: number) => number): void {
    const { chunks: rows, strings, texts } = segment
    const read: Reading = {
      rows,
      stems: new Int32Array(rows.tokens.length),
      mentions: { rows: rows.mentions, chunks: new Int32Array(rows.mentions.length / mentionWidth).fill(-1), texts },
      text: (string) => texts.at(strings[string] ?? -1),
      wordOf: this.#wordNumbers(segment),
    }
    for (let at = 0; at < rows.mentions.length; at += mentionWidth) {
      rows.mentions[at] = senseOf(rows.mentions[at] ?? -1)
      rows.mentions[at + 2] = strings[rows.mentions[at + 2] ?? -1] ?? -1
    }
    this.vectors.reserve(rows.chunks.length, rows.chunks[0]?.vector.length ?? 0)
    let before: Ends = { tokenEnd: 0, sentenceEnd: 0, mentionEnd: 0 }
    for (const chunk of rows.chunks) {
      this.#addChunk(chunk, before, read)
      before = chunk
    }
    this.mentionsOf.add(read.mentions)
  }

  /** `before` says where the rows of the chunk begin. */
  #addChunk(chunk: ChunkRow, before: Ends, { rows, stems: allStems, mentions, text, wordOf }: Reading): void {
    const episode = this.episodes.get(chunk.episodeId)
    if (episode === undefined || this.chunkNumbers.has(chunk.id)) return
    const number = this.chunks.length
    const tokens = rows.tokens.subarray(before.tokenEnd, chunk.tokenEnd)
    const stems = allStems.subarray(before.tokenEnd, chunk.tokenEnd)
    for (let place = 0; place < tokens.length; place += 1) {
      const value = tokens[place] ?? 0
      const word = wordOf(tokenWord(value))
      tokens[place] = word * 8 + tokenFlags(value)
      stems[place] = this.#stemOfWord[word] ?? -1
    }
    const length = this.#post(number, stems)
    const ownNames: string[] = []
    for (const { key, words, kind } of chunk.about) {
      const keyText = text(key)
      this.about.push(keyText, { chunk: number, kind })
      const ofName = words.map(wordOf)
      ownNames.push(ofName.map((word) => this.words.strings[word] ?? '').join(' '))
      if (ofName.length > 0) this.names.add(ofName, { chunk: number, kind })
      this.#longestKey = Math.max(this.#longestKey, wordCount(keyText))
    }
    mentions.chunks.fill(number, before.mentionEnd, chunk.mentionEnd)
    const { id, episodeId, index, recordedAt, titleTokens } = chunk
    const parts = {
      sentences: rows.sentences,
      sentenceStart: before.sentenceEnd,
      sentenceEnd: chunk.sentenceEnd,
      mentions,
      mentionStart: before.mentionEnd,
      mentionEnd: chunk.mentionEnd,
    }
    const own = { id, episodeId, episode, index, recordedAt, tokens, stems, length, titleTokens, ownNames }
    this.chunks.push(new LoadedChunk(own, parts, this.mentionsOf))
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
      const list = this.postings[stem]
      if (list === undefined) {
        // A list of one takes no room for others: most stems are in one passage.
        this.postings[stem] = [posting(number, 1)]
        continue
      }
      const last = list.length - 1
      if (postedChunk(list[last] ?? 0) === number) list[last] = (list[last] ?? 0) + 1
      else list.push(posting(number, 1))
    }
    return length
  }

  /** What gives the numbers of a segment's words, by their places among its strings. */
  #wordNumbers({ strings, stems, texts }: SegmentRows): (string: number) => number {
    const numberOf = textNumbers(this.words, texts)
    return (string) => {
      const number = numberOf(strings[string] ?? -1)
      if (this.#stemOfWord[number] === undefined) {
        const stem = stems[string] ?? 0
        this.#stemOfWord[number] = stem < 2 ? -1 : numberOf(stem - 2)
      }
      return number
    }
  }
}

type Ends = Pick<ChunkRow, 'tokenEnd' | 'sentenceEnd' | 'mentionEnd'>

/** The chunks of a segment as they are being added. */
interface Reading {
  readonly rows: ChunkRows
  /** By token. */
  readonly stems: Int32Array
  readonly mentions: MentionPart
  readonly text: (string: number) => string
  readonly wordOf: (string: number) => number
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
