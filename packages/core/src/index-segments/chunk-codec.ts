import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import { list, readList } from './list-codec.ts'
import type { AboutName, IndexedChunk, IndexedMention, IndexedSentence } from './segment-content.ts'
import type { StringTable } from './string-table.ts'

export function writeChunk(out: ByteWriter, texts: StringTable, chunk: IndexedChunk): void {
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
    for (const value of [mention.type, mention.sentence, mention.firstWord, mention.lastWord, mention.surface]) out.integer(value)
  })
  list(out, chunk.about, ({ key, kind }) => {
    out.integer(key)
    out.integer(Math.round(kind * 10))
  })
  out.bytes(chunk.vector)
  out.number(chunk.scale)
}

export function readChunk(from: ByteReader, text: () => string): IndexedChunk {
  const [id, episodeId, index, recordedAt] = [text(), text(), from.integer(), from.number()]
  const tokens = Uint32Array.from({ length: from.integer() }, () => from.integer())
  const titleTokens = from.integer()
  const sentences = readList(from, () => readSentence(from))
  const mentions = readList(
    from,
    (): IndexedMention => ({
      senseId: text(),
      type: from.integer(),
      sentence: from.integer(),
      firstWord: from.integer(),
      lastWord: from.integer(),
      surface: from.integer(),
    }),
  )
  const about = readList(from, (): AboutName => ({ key: from.integer(), kind: from.integer() / 10 }))
  const vector = Int8Array.from(from.bytes(), (byte) => byte)
  return { id, episodeId, index, recordedAt, tokens, titleTokens, sentences, mentions, about, vector, scale: from.number() }
}

function readSentence(from: ByteReader): IndexedSentence {
  const [start, end, last] = [from.integer(), from.integer(), from.integer()]
  return { start, end, tokenEnd: Math.floor(last / 2), asks: last % 2 === 1 }
}
