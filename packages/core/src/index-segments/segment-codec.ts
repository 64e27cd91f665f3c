import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { readChunk, writeChunk } from './chunk-codec.ts'
import { list, readList } from './list-codec.ts'
import {
  type RecordReader,
  type RecordWriter,
  readAssertion,
  readCorrection,
  readDecision,
  readEpisode,
  readFact,
  readSense,
  writeAssertion,
  writeCorrection,
  writeDecision,
  writeEpisode,
  writeFact,
  writeSense,
} from './record-codec.ts'
import { indexDamaged } from './seal.ts'
import type { SegmentContent } from './segment-content.ts'
import { StringTable } from './string-table.ts'
import { readTexts, writeTexts } from './texts-codec.ts'

const format = 4

/** Writes a segment: a format number, its texts, and the content, in which texts stand as their places among these. */
export function encodeSegment(content: SegmentContent): Uint8Array {
  const out = new ByteWriter()
  const texts = new StringTable()
  const body = new ByteWriter()
  const to: RecordWriter = { out: body, texts }
  body.integer(content.rebuiltAt)
  list(body, content.strings, (text) => body.integer(texts.place(text)))
  list(body, content.episodes, (episode) => writeEpisode(to, episode))
  list(body, content.retired, ({ episodeId, at }) => {
    body.integer(texts.place(episodeId))
    body.number(at)
  })
  list(body, content.chunks, (chunk) => writeChunk(body, texts, chunk))
  list(body, content.senses, (sense) => writeSense(to, sense))
  list(body, content.decisions, (decision) => writeDecision(to, decision))
  list(body, content.facts, (fact) => writeFact(to, fact))
  list(body, content.assertions, (assertion) => writeAssertion(to, assertion))
  list(body, content.corrections, (correction) => writeCorrection(to, correction))
  out.integer(format)
  writeTexts(out, texts.strings)
  out.bytes(body.done())
  return out.done()
}

/** Reads a segment. @throws GraphMemError `INDEX_DAMAGED` for one of another format. */
export function decodeSegment(bytes: Uint8Array): SegmentContent {
  if (bytes[0] !== format) throw indexDamaged()
  const outer = new ByteReader(bytes)
  outer.integer()
  const texts = readTexts(outer)
  const body = new ByteReader(outer.bytes())
  const textOf = (place: number) => texts[place] ?? ''
  const text = () => textOf(body.integer())
  const from: RecordReader = { from: body, text, textOf }
  return {
    rebuiltAt: body.integer(),
    strings: readList(body, text),
    episodes: readList(body, () => readEpisode(from)),
    retired: readList(body, () => ({ episodeId: text(), at: body.number() })),
    chunks: readList(body, () => readChunk(body, text)),
    senses: readList(body, () => readSense(from)),
    decisions: readList(body, () => readDecision(from)),
    facts: readList(body, () => readFact(from)),
    assertions: readList(body, () => readAssertion(from)),
    corrections: readList(body, () => readCorrection(from)),
  }
}
