import { sha256 } from '@noble/hashes/sha2.js'
import { type Assertion, GraphMemError, type Precision, type ValidTime } from '../spec/index.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import type { AboutName, IndexedChunk, IndexedEpisode, IndexedMention, IndexedSentence, SegmentContent } from './segment-content.ts'
import { StringTable } from './string-table.ts'

const format = 2
const checksumBytes = 8

/** Writes a segment: a format number, the content, and the first eight bytes of its SHA-256. */
export function encodeSegment(content: SegmentContent): Uint8Array {
  const out = new ByteWriter()
  const texts = new StringTable()
  const body = new ByteWriter()
  body.integer(content.rebuiltAt)
  list(body, content.strings, (text) => body.integer(texts.place(text)))
  list(body, content.episodes, (episode) => writeEpisode(body, texts, episode))
  list(body, content.retired, ({ episodeId, at }) => {
    body.integer(texts.place(episodeId))
    body.number(at)
  })
  list(body, content.chunks, (chunk) => writeChunk(body, texts, chunk))
  for (const records of [content.senses, content.decisions, content.facts, content.corrections]) {
    list<unknown>(body, records, (record) => body.integer(texts.place(JSON.stringify(record))))
  }
  list(body, content.assertions, (assertion) => writeAssertion(body, texts, assertion))
  out.integer(format)
  list(out, texts.strings, (text) => out.text(text))
  out.bytes(body.done())
  const bytes = out.done()
  const sealed = new Uint8Array(bytes.length + checksumBytes)
  sealed.set(bytes)
  sealed.set(sha256(bytes).subarray(0, checksumBytes), bytes.length)
  return sealed
}

/** Reads a segment. @throws GraphMemError `STORE_CORRUPT` for one that is damaged or of another format. */
export function decodeSegment(sealed: Uint8Array): SegmentContent {
  const bytes = sealed.subarray(0, Math.max(0, sealed.length - checksumBytes))
  const sum = sha256(bytes)
  const intact = sealed.length > checksumBytes && sealed.subarray(bytes.length).every((byte, index) => byte === sum[index])
  if (!intact || bytes[0] !== format) {
    throw new GraphMemError({
      code: 'STORE_CORRUPT',
      message:
        'Cannot read the recall index: a segment is damaged or of another format. Call reindex() to make it anew from the stored text.',
    })
  }
  const outer = new ByteReader(bytes)
  outer.integer()
  const texts = readList(outer, () => outer.text())
  const body = new ByteReader(outer.bytes())
  const text = () => texts[body.integer()] ?? ''
  const json = <T>(): T => JSON.parse(text()) as T
  return {
    rebuiltAt: body.integer(),
    strings: readList(body, text),
    episodes: readList(body, () => json<IndexedEpisode>()),
    retired: readList(body, () => ({ episodeId: text(), at: body.number() })),
    chunks: readList(body, () => readChunk(body, text)),
    senses: readList(body, json<SegmentContent['senses'][number]>),
    decisions: readList(body, json<SegmentContent['decisions'][number]>),
    facts: readList(body, json<SegmentContent['facts'][number]>),
    corrections: readList(body, json<SegmentContent['corrections'][number]>),
    assertions: readList(body, () => readAssertion(body, text)),
  }
}

function list<T>(out: ByteWriter, items: readonly T[], write: (item: T) => void): void {
  out.integer(items.length)
  for (const item of items) write(item)
}

function readList<T>(from: ByteReader, read: () => T): T[] {
  return Array.from({ length: from.integer() }, read)
}

function writeEpisode(out: ByteWriter, texts: StringTable, episode: IndexedEpisode): void {
  out.integer(texts.place(JSON.stringify(episode)))
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
    for (const value of [mention.type, mention.sentence, mention.firstWord, mention.lastWord, mention.surface]) out.integer(value)
  })
  list(out, chunk.about, ({ key, kind }) => {
    out.integer(key)
    out.integer(Math.round(kind * 10))
  })
  out.bytes(chunk.vector)
  out.number(chunk.scale)
}

function readChunk(from: ByteReader, text: () => string): IndexedChunk {
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

const precisions: readonly Precision[] = ['year', 'month', 'day', 'second']

function writeAssertion(out: ByteWriter, texts: StringTable, assertion: Assertion): void {
  for (const id of [assertion.id, assertion.factId, assertion.chunkId]) out.integer(texts.place(id))
  out.integer(assertion.span.start)
  out.integer(assertion.span.end)
  out.integer(assertion.negated ? 1 : 0)
  out.number(assertion.confidence)
  const { from, fromPrecision, until, untilPrecision } = assertion.valid
  for (const [end, precision] of [[from, fromPrecision] as const, [until, untilPrecision] as const]) {
    out.integer(end === undefined ? 0 : 1)
    if (end !== undefined) out.number(end)
    out.integer(precision === undefined ? 0 : precisions.indexOf(precision) + 1)
  }
}

function readAssertion(from: ByteReader, text: () => string): Assertion {
  const [id, factId, chunkId] = [text(), text(), text()]
  const span = { start: from.integer(), end: from.integer() }
  const negated = from.integer() === 1
  const confidence = from.number()
  const end = () => ({ at: from.integer() === 1 ? from.number() : undefined, precision: precisions[from.integer() - 1] })
  const [first, last] = [end(), end()]
  const valid: ValidTime = {
    ...(first.at === undefined ? {} : { from: first.at }),
    ...(first.precision === undefined ? {} : { fromPrecision: first.precision }),
    ...(last.at === undefined ? {} : { until: last.at }),
    ...(last.precision === undefined ? {} : { untilPrecision: last.precision }),
  }
  return { id, factId, chunkId, span, valid, negated, confidence }
}
