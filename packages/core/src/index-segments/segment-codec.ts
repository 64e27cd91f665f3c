import { type AssertionRows, assertionAt, readAssertions, writeAssertions } from './assertion-rows.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { type ChunkRows, chunksOf, readChunks, writeChunks } from './chunk-codec.ts'
import { type FactRows, factAt, readFacts, writeFacts } from './fact-rows.ts'
import { list, readList } from './list-codec.ts'
import {
  type RecordReader,
  type RecordWriter,
  readCorrection,
  readDecision,
  readEpisode,
  writeCorrection,
  writeDecision,
  writeEpisode,
} from './record-codec.ts'
import { indexDamaged } from './seal.ts'
import type { SegmentContent } from './segment-content.ts'
import { readSenses, type SenseRows, senseAt, senseCount, writeSenses } from './sense-rows.ts'
import { StringTable } from './string-table.ts'
import { readTexts, type Texts, writeTexts } from './texts-codec.ts'

const format = 5

/** Writes a segment: a format number, its texts, and the content, in which texts stand as their places among these. */
export function encodeSegment(content: SegmentContent): Uint8Array {
  const out = new ByteWriter()
  const texts = new StringTable()
  const body = new ByteWriter()
  const to: RecordWriter = { out: body, texts }
  body.integer(content.rebuiltAt)
  list(body, content.strings, (text) => body.integer(texts.place(text)))
  for (const place of content.strings.keys()) body.integer(stemNumber(content.stems[place], texts))
  list(body, content.episodes, (episode) => writeEpisode(to, episode))
  list(body, content.retired, ({ episodeId, at }) => {
    body.integer(texts.place(episodeId))
    body.number(at)
  })
  writeChunks(body, texts, content.chunks)
  writeSenses(to, content.senses)
  list(body, content.decisions, (decision) => writeDecision(to, decision))
  writeFacts(to, content.facts)
  writeAssertions(to, content.assertions)
  list(body, content.corrections, (correction) => writeCorrection(to, correction))
  out.integer(format)
  writeTexts(out, texts.strings)
  out.bytes(body.done())
  return out.done()
}

/** A segment as it is read: records as rows of numbers, of which objects are made when somebody asks. */
export interface SegmentRows extends Pick<SegmentContent, 'rebuiltAt' | 'episodes' | 'retired' | 'decisions' | 'corrections'> {
  readonly texts: Texts
  /** The places of the strings that chunks refer to. */
  readonly strings: Int32Array
  /** By string: 0 for no word, 1 for a stop word, else 2 more than the place of its stem. */
  readonly stems: Int32Array
  readonly chunks: ChunkRows
  readonly senses: SenseRows
  readonly facts: FactRows
  readonly assertions: AssertionRows
}

/** Reads a segment. @throws GraphMemError `INDEX_DAMAGED` for one of another format. */
export function readSegment(bytes: Uint8Array): SegmentRows {
  if (bytes[0] !== format) throw indexDamaged()
  const outer = new ByteReader(bytes)
  outer.integer()
  const texts = readTexts(outer)
  const body = new ByteReader(outer.bytes())
  const textOf = (place: number) => texts.at(place)
  const text = () => texts.at(body.integer())
  const from: RecordReader = { from: body, text, textOf }
  const rebuiltAt = body.integer()
  const strings = body.integers(body.count())
  return {
    texts,
    rebuiltAt,
    strings,
    stems: body.integers(strings.length),
    episodes: readList(body, () => readEpisode(from)),
    retired: readList(body, () => ({ episodeId: text(), at: body.number() })),
    chunks: readChunks(body, text),
    senses: readSenses(body),
    decisions: readList(body, () => readDecision(from)),
    facts: readFacts(body),
    assertions: readAssertions(body),
    corrections: readList(body, () => readCorrection(from)),
  }
}

/** Reads a segment with all its records as objects. @throws GraphMemError `INDEX_DAMAGED` for one of another format. */
export function decodeSegment(bytes: Uint8Array): SegmentContent {
  const { texts, ...rows } = readSegment(bytes)
  return {
    ...rows,
    strings: Array.from(rows.strings, (place) => texts.at(place)),
    stems: Array.from(rows.stems, (number) => (number === 0 ? undefined : number === 1 ? '' : texts.at(number - 2))),
    chunks: chunksOf(rows.chunks, texts),
    senses: Array.from({ length: senseCount(rows.senses) }, (_, row) => senseAt(rows.senses, row, texts)),
    facts: Array.from({ length: rows.facts.count }, (_, row) => factAt(rows.facts, row, texts)),
    assertions: Array.from({ length: rows.assertions.count }, (_, row) => assertionAt(rows.assertions, row, texts)),
  }
}

function stemNumber(stem: string | undefined, texts: StringTable): number {
  if (stem === undefined) return 0
  return stem === '' ? 1 : texts.place(stem) + 2
}
