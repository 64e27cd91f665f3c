import type { Correction, Decision } from '../spec/index.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { IndexedEpisode } from './segment-content.ts'
import type { StringTable } from './string-table.ts'

/** Writes to a segment: texts go into its table once, and stand as numbers. */
export interface RecordWriter {
  readonly out: ByteWriter
  readonly texts: StringTable
}

/** Reads from a segment, in the order in which it was written. */
export interface RecordReader {
  readonly from: ByteReader
  /** The next text. */
  readonly text: () => string
  /** The text of a place in the table. */
  readonly textOf: (place: number) => string
}

const kinds = ['text', 'turn', 'document'] as const
const roles = ['user', 'assistant', 'system'] as const

export function writeEpisode({ out, texts }: RecordWriter, episode: IndexedEpisode): void {
  const optionalText = (value: string | undefined) => out.integer(value === undefined ? 0 : texts.place(value) + 1)
  out.integer(texts.place(episode.id))
  out.integer(kinds.indexOf(episode.kind))
  for (const value of [episode.title, episode.source, episode.session, episode.speaker]) optionalText(value)
  optionalNumber(out, episode.at)
  optionalNumber(out, episode.sequence)
  optionalNumber(out, episode.importance)
  out.integer(episode.role === undefined ? 0 : roles.indexOf(episode.role) + 1)
  out.integer(episode.tags.length)
  for (const tag of episode.tags) out.integer(texts.place(tag))
  const metadata = Object.entries(episode.metadata)
  out.integer(metadata.length)
  for (const [key, value] of metadata) {
    out.integer(texts.place(key))
    writeScalar({ out, texts }, value)
  }
  out.number(episode.recordedAt)
}

export function readEpisode(reader: RecordReader): IndexedEpisode {
  const { from, text, textOf } = reader
  const optionalText = () => {
    const place = from.integer()
    return place === 0 ? undefined : textOf(place - 1)
  }
  const id = text()
  const kind = kinds[from.integer()] ?? 'text'
  const [title, source, session, speaker] = [optionalText(), optionalText(), optionalText(), optionalText()]
  const [at, sequence, importance] = [readOptionalNumber(from), readOptionalNumber(from), readOptionalNumber(from)]
  const role = roles[from.integer() - 1]
  const tags = Array.from({ length: from.integer() }, text)
  const metadata = Object.fromEntries(Array.from({ length: from.integer() }, () => [text(), readScalar(reader)] as const))
  return {
    id,
    kind,
    ...(title === undefined ? {} : { title }),
    ...(source === undefined ? {} : { source }),
    ...(at === undefined ? {} : { at }),
    ...(session === undefined ? {} : { session }),
    ...(sequence === undefined ? {} : { sequence }),
    ...(role === undefined ? {} : { role }),
    ...(speaker === undefined ? {} : { speaker }),
    tags,
    metadata,
    ...(importance === undefined ? {} : { importance }),
    recordedAt: from.number(),
  }
}

function writeScalar({ out, texts }: RecordWriter, value: string | number | boolean): void {
  if (typeof value === 'string') {
    out.integer(0)
    out.integer(texts.place(value))
  } else if (typeof value === 'number') {
    out.integer(1)
    out.number(value)
  } else out.integer(value ? 3 : 2)
}

function readScalar({ from, text }: RecordReader): string | number | boolean {
  const type = from.integer()
  if (type === 0) return text()
  return type === 1 ? from.number() : type === 3
}

export function writeDecision({ out, texts }: RecordWriter, decision: Decision): void {
  const { id, verdict, senses, rule, confidence, chunkId, recordedAt } = decision
  out.integer((verdict === 'same' ? 1 : 0) + (chunkId === undefined ? 0 : 2))
  for (const value of [id, ...senses, rule]) out.integer(texts.place(value))
  if (chunkId !== undefined) out.integer(texts.place(chunkId))
  out.number(confidence)
  out.number(recordedAt)
}

export function readDecision({ from, text }: RecordReader): Decision {
  const flags = from.integer()
  const [id, first, second, rule] = [text(), text(), text(), text()]
  const chunkId = flags >= 2 ? text() : undefined
  const [confidence, recordedAt] = [from.number(), from.number()]
  const verdict = flags % 2 === 1 ? 'same' : 'different'
  return { id, verdict, senses: [first, second], rule, confidence, ...(chunkId === undefined ? {} : { chunkId }), recordedAt }
}

const verdicts = ['retract', 'restore', 'pin', 'unpin'] as const

export function writeCorrection({ out, texts }: RecordWriter, { id, verdict, target, reason, recordedAt }: Correction): void {
  out.integer(texts.place(id))
  out.integer(verdicts.indexOf(verdict) * 4 + (target.kind === 'facts' ? 2 : 0) + (reason === undefined ? 0 : 1))
  out.integer(texts.place(target.id))
  if (reason !== undefined) out.integer(texts.place(reason))
  out.number(recordedAt)
}

export function readCorrection({ from, text }: RecordReader): Correction {
  const id = text()
  const flags = from.integer()
  const kind = Math.floor(flags / 2) % 2 === 1 ? 'facts' : 'decisions'
  const target = { kind, id: text() } as const
  const reason = flags % 2 === 1 ? text() : undefined
  const verdict = verdicts[Math.floor(flags / 4)] ?? 'retract'
  return { id, verdict, target, ...(reason === undefined ? {} : { reason }), recordedAt: from.number() }
}

function optionalNumber(out: ByteWriter, value: number | undefined): void {
  out.integer(value === undefined ? 0 : 1)
  if (value !== undefined) out.number(value)
}

function readOptionalNumber(from: ByteReader): number | undefined {
  return from.integer() === 0 ? undefined : from.number()
}
