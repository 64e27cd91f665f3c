import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import { list, readList } from './list-codec.ts'
import { mentionAt, mentionWidth, sentenceAt, sentenceWidth } from './part-rows.ts'
import type { AboutName, IndexedChunk } from './segment-content.ts'
import type { StringTable } from './string-table.ts'
import type { Texts } from './texts-codec.ts'

/** The chunks of a segment. Their tokens, sentences and mentions are rows one after another, in the order of the chunks. */
export interface ChunkRows {
  readonly chunks: readonly ChunkRow[]
  readonly tokens: Uint32Array
  /** See {@link sentenceAt}. */
  readonly sentences: Int32Array
  /** See {@link mentionAt}. */
  readonly mentions: Int32Array
}

/** A chunk, with where its rows end: they begin where those of the one before it end. */
export interface ChunkRow extends Omit<IndexedChunk, 'tokens' | 'sentences' | 'mentions'> {
  readonly tokenEnd: number
  readonly sentenceEnd: number
  readonly mentionEnd: number
}

export function writeChunks(out: ByteWriter, texts: StringTable, chunks: readonly IndexedChunk[]): void {
  for (const part of ['tokens', 'sentences', 'mentions'] as const) {
    out.integer(chunks.reduce((count, chunk) => count + chunk[part].length, 0))
  }
  list(out, chunks, (chunk) => writeChunk(out, texts, chunk))
}

function writeChunk(out: ByteWriter, texts: StringTable, chunk: IndexedChunk): void {
  out.integer(texts.place(chunk.id))
  out.integer(texts.place(chunk.episodeId))
  out.integer(chunk.index)
  out.number(chunk.recordedAt)
  out.integer(chunk.tokens.length)
  for (const value of chunk.tokens) out.integer(value)
  out.integer(chunk.titleTokens)
  list(out, chunk.sentences, (sentence) => {
    out.integer(sentence.start)
    out.integer(sentence.end)
    out.integer(sentence.tokenEnd * 2 + (sentence.asks ? 1 : 0))
  })
  list(out, chunk.mentions, (mention) => {
    out.integer(texts.place(mention.senseId))
    out.integer(mention.type)
    out.integer(mention.surface)
  })
  list(out, chunk.about, ({ key, words, kind }) => {
    out.integer(key)
    list(out, words, (word) => out.integer(word))
    out.integer(Math.round(kind * 10))
  })
  out.bytes(chunk.vector)
  out.number(chunk.scale)
}

export function readChunks(from: ByteReader, text: () => string): ChunkRows {
  const tokens = new Uint32Array(from.count())
  const sentences = new Int32Array(from.count() * sentenceWidth)
  const mentions = new Int32Array(from.count() * mentionWidth)
  const at = { tokens: 0, sentences: 0, mentions: 0 }
  const word = () => from.integer()
  const chunks = readList(from, (): ChunkRow => {
    const [id, episodeId, index, recordedAt] = [text(), text(), from.integer(), from.number()]
    at.tokens = fill(from, tokens, at.tokens, 1)
    const titleTokens = from.integer()
    at.sentences = fill(from, sentences, at.sentences, sentenceWidth)
    at.mentions = fill(from, mentions, at.mentions, mentionWidth)
    const about = readList(from, (): AboutName => ({ key: from.integer(), words: readList(from, word), kind: from.integer() / 10 }))
    const vector = new Int8Array(from.bytes())
    const ends = { tokenEnd: at.tokens, sentenceEnd: at.sentences / sentenceWidth, mentionEnd: at.mentions / mentionWidth }
    return { id, episodeId, index, recordedAt, titleTokens, about, vector, scale: from.number(), ...ends }
  })
  return { chunks, tokens, sentences, mentions }
}

/** Reads rows into a column from a place on, and returns where they end. */
function fill(from: ByteReader, column: Uint32Array | Int32Array, start: number, width: number): number {
  const end = start + from.integer() * width
  for (let place = start; place < end; place += 1) column[place] = from.integer()
  return end
}

/** The chunks with what is theirs of the rows. */
export function chunksOf(rows: ChunkRows, texts: Texts): readonly IndexedChunk[] {
  let [token, sentence, mention] = [0, 0, 0]
  return rows.chunks.map(({ tokenEnd, sentenceEnd, mentionEnd, ...chunk }) => {
    const sentences = Array.from({ length: sentenceEnd - sentence }, (_, place) => sentenceAt(rows.sentences, sentence + place))
    const mentions = Array.from({ length: mentionEnd - mention }, (_, place) => {
      const { sense, type, name } = mentionAt(rows.mentions, mention + place)
      return { senseId: texts.at(sense), type, surface: name }
    })
    const tokens = rows.tokens.slice(token, tokenEnd)
    token = tokenEnd
    sentence = sentenceEnd
    mention = mentionEnd
    return { ...chunk, tokens, sentences, mentions }
  })
}
