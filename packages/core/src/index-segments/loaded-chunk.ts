import type { Instant } from '../spec/index.ts'
import type { LoadedMention, LoadedMentions, MentionPart } from './loaded-mentions.ts'
import { sentenceAt } from './part-rows.ts'
import type { IndexedEpisode, IndexedSentence } from './segment-content.ts'

/** Which rows of its segment are a chunk's. */
export interface ChunkParts {
  readonly sentences: Int32Array
  readonly sentenceStart: number
  readonly sentenceEnd: number
  readonly mentions: MentionPart
  readonly mentionStart: number
  readonly mentionEnd: number
}

type Given = Pick<
  LoadedChunk,
  'id' | 'episodeId' | 'episode' | 'index' | 'recordedAt' | 'tokens' | 'stems' | 'length' | 'titleTokens' | 'ownNames'
>

/** A chunk as the process holds it. Its place in `RecallIndex.chunks` is its number here; numbers never leave the process. */
export class LoadedChunk {
  readonly id: string
  readonly episodeId: string
  readonly episode: IndexedEpisode
  readonly index: number
  readonly recordedAt: Instant
  /** The token stream, its words by their numbers in `RecallIndex.words`. */
  readonly tokens: Uint32Array
  /** For each token the number of its stem, or −1 for a stop word. */
  readonly stems: Int32Array
  /** Content words, the title's included. */
  readonly length: number
  /** How many of the tokens are the title's. */
  readonly titleTokens: number
  /** Its own names, as their words with spaces. */
  readonly ownNames: readonly string[]
  readonly #parts: ChunkParts
  readonly #allMentions: LoadedMentions
  #sentences: readonly IndexedSentence[] | undefined

  constructor(given: Given, parts: ChunkParts, allMentions: LoadedMentions) {
    this.id = given.id
    this.episodeId = given.episodeId
    this.episode = given.episode
    this.index = given.index
    this.recordedAt = given.recordedAt
    this.tokens = given.tokens
    this.stems = given.stems
    this.length = given.length
    this.titleTokens = given.titleTokens
    this.ownNames = given.ownNames
    this.#parts = parts
    this.#allMentions = allMentions
  }

  /** Made when first asked for: a recall reads few chunks so closely. */
  get sentences(): readonly IndexedSentence[] {
    if (this.#sentences === undefined) {
      const { sentences, sentenceStart, sentenceEnd } = this.#parts
      this.#sentences = Array.from({ length: sentenceEnd - sentenceStart }, (_, place) => sentenceAt(sentences, sentenceStart + place))
    }
    return this.#sentences
  }

  /** Made anew each time. */
  get mentions(): readonly LoadedMention[] {
    const { mentions, mentionStart, mentionEnd } = this.#parts
    return Array.from({ length: mentionEnd - mentionStart }, (_, place) => this.#allMentions.at(mentions, mentionStart + place))
  }
}
