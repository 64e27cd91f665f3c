import { sha256 } from '@noble/hashes/sha2.js'
import type { z } from 'zod'
import { recordsDigest } from '../digest.ts'
import type { Quantised } from '../index-segments/quantised.ts'
import { base32, type CallOptions, type RecordKind, type Records, recordKinds } from '../spec/index.ts'
import { checkReferences } from './check-references.ts'
import { formatName, formatVersion, type Transferred } from './export-format.ts'
import { invalidExport } from './invalid-export.ts'
import { endLine, headerLine, problemOf, type RecordLine, recordLine } from './line-schemas.ts'
import { moveMarkOf } from './move-mark.ts'
import { splitLines, type TextPieces } from './split-lines.ts'
import { vectorOfText } from './vector-text.ts'

/** A memory as it came, checked whole. */
export interface ReadExport {
  readonly records: { readonly [K in RecordKind]: readonly Records[K][] }
  /** By chunk. */
  readonly vectors: ReadonlyMap<string, Quantised>
  readonly summary: Transferred
  /** Absent for a memory that was never written to. */
  readonly generation: string | undefined
}

export interface ReadExportOptions extends CallOptions {
  /** Throws for a generation of which nothing can be taken. */
  readonly checkGeneration: (generation: string) => void
  /** How many numbers a vector has. */
  readonly dimensions: number
}

/**
 * Reads an export to its end, and checks each line, that none is missing, changed or out of its place, and that what one record says of another is
 * there. Holds the memory.
 *
 * @throws GraphMemError `INPUT_INVALID` naming the line and the field, and what `checkGeneration` throws.
 */
export async function readExport(source: TextPieces, options: ReadExportOptions): Promise<ReadExport> {
  const hash = sha256.create()
  const encoder = new TextEncoder()
  const digest = recordsDigest()
  const records: { [K in RecordKind]: Records[K][] } = emptyRecords()
  const vectors = new Map<string, Quantised>()
  let number = 0
  let kindPlace = -1
  let lastId = ''
  let header: z.infer<typeof headerLine> | undefined
  let summary: Transferred | undefined

  const beginKinds = (upTo: number) => {
    for (const kind of recordKinds.slice(kindPlace + 1, upTo + 1)) digest.beginKind(kind)
    kindPlace = upTo
    lastId = ''
  }
  const takeRecord = ({ kind, record, vector }: RecordLine) => {
    const place = recordKinds.indexOf(kind)
    if (place < kindPlace) throw invalidExport(number, 'kind', 'comes after a kind that it belongs before')
    if (place > kindPlace) beginKinds(place)
    if (record.id <= lastId) throw invalidExport(number, 'record.id', 'is not after the one before it')
    lastId = record.id
    digest.add(record)
    ;(records[kind] as Records[typeof kind][]).push(record)
    if (vector === undefined) return
    const read = vectorOfText(vector)
    if (read === undefined || read.vector.length !== options.dimensions) {
      throw invalidExport(number, 'vector.steps', `is not ${options.dimensions} numbers`)
    }
    vectors.set(record.id, read)
  }
  const takeEnd = (value: unknown) => {
    const { end } = checked(endLine, value, number)
    beginKinds(recordKinds.length - 1)
    for (const kind of recordKinds) {
      if (end.records[kind] !== records[kind].length || end.records[kind] !== header?.records[kind]) {
        throw invalidExport(number, `end.records.${kind}`, 'is not how many came')
      }
    }
    if (end.checksum !== base32(hash.digest())) throw invalidExport(number, 'end.checksum', 'is not that of the lines before')
    if (end.digest !== digest.done()) throw invalidExport(number, 'end.digest', 'is not that of the records')
    summary = end
  }

  for await (const line of splitLines(source)) {
    options.signal?.throwIfAborted()
    number += 1
    if (summary !== undefined) throw invalidExport(number, 'line', 'comes after the last')
    const value = parsed(line, number)
    if (header === undefined) {
      header = headerOf(value)
      if (header.generation !== undefined) options.checkGeneration(header.generation)
    } else if (Object.hasOwn(value, 'end')) {
      takeEnd(value)
      continue
    } else takeRecord(checked(recordLine, value, number))
    hash.update(encoder.encode(`${line}\n`))
  }
  if (summary === undefined) throw invalidExport(number + 1, 'line', 'is missing: the export was cut off')
  checkReferences(records)
  return { records, vectors, summary, generation: header?.generation }
}

function emptyRecords(): { [K in RecordKind]: Records[K][] } {
  return { episodes: [], chunks: [], senses: [], decisions: [], facts: [], assertions: [], corrections: [] }
}

function parsed(line: string, number: number): object {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // What the parser says holds what stood there.
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidExport(number, 'line', 'is not a JSON object')
  return value
}

function headerOf(value: object): z.infer<typeof headerLine> {
  const { format, formatVersion: version } = value as { readonly format?: unknown; readonly formatVersion?: unknown }
  if (format !== formatName) throw invalidExport(1, 'format', 'is not that of an export of a memory')
  if (version !== formatVersion) {
    throw invalidExport(1, 'formatVersion', `is not ${formatVersion}, the one that this version of the library reads`)
  }
  const header = checked(headerLine, value, 1)
  const isEmpty = Object.values(header.records).every((count) => count === 0)
  if (header.generation === undefined && !isEmpty) throw invalidExport(1, 'generation', 'is missing')
  if (moveMarkOf(header).state !== 'settled') throw invalidExport(1, 'generation', 'is none that a memory is made with')
  return header
}

/** The value itself, if it is of that form: a copy could lose what the digest counts. */
function checked<T>(schema: z.ZodType<T>, value: object | unknown, number: number): T {
  const { error } = schema.safeParse(value)
  if (error === undefined) return value as T
  const { field, problem } = problemOf(error)
  throw invalidExport(number, field, problem)
}
