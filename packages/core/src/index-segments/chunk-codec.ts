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

export function readChunk(from: ByteReader, text: () => string): IndexedChunk {
  const [id, episodeId, index, recordedAt] = [text(), text(), from.integer(), from.number()]
  const tokens = new Uint32Array(from.integer())
  for (let place = 0; place < tokens.length; place += 1) tokens[place] = from.integer()
  const titleTokens = from.integer()
  const sentences = readList(from, () => readSentence(from))
  const mentions = readList(from, (): IndexedMention => ({ senseId: text(), type: from.integer(), surface: from.integer() }))
  const word = () => from.integer()
  const about = readList(from, (): AboutName => ({ key: from.integer(), words: readList(from, word), kind: from.integer() / 10 }))
  const vector = new Int8Array(from.bytes())
  return { id, episodeId, index, recordedAt, tokens, titleTokens, sentences, mentions, about, vector, scale: from.number() }
}

function readSentence(from: ByteReader): IndexedSentence {
  const [start, end, last] = [from.integer(), from.integer(), from.integer()]
  return { start, end, tokenEnd: Math.floor(last / 2), asks: last % 2 === 1 }
}
