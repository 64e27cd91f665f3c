import type { Assertion, Instant, Precision } from '../spec/index.ts'
import type { ByteReader } from './byte-reader.ts'
import type { RecordWriter } from './record-codec.ts'
import type { Texts } from './texts-codec.ts'

/** The assertions of a segment. */
export interface AssertionRows {
  readonly count: number
  /** Six each: the places of the ids of itself, its fact and its chunk, where its span begins and ends, flags. */
  readonly columns: Int32Array
  readonly confidences: Float64Array
  /** By row, of those that tell the time. */
  readonly from: ReadonlyMap<number, Instant>
  readonly until: ReadonlyMap<number, Instant>
}

const width = 6
const precisions: readonly Precision[] = ['year', 'month', 'day', 'second']
const negatedFlag = 1
const fromFlag = 2
const untilFlag = 4
/** What is above the flags: the precision of the beginning plus 1 or 0 for none, and eight times that of the end. */
const fromPrecisionUnit = 8
const untilPrecisionUnit = 64

export function writeAssertions({ out, texts }: RecordWriter, assertions: readonly Assertion[]): void {
  out.integer(assertions.length)
  for (const { id, factId, chunkId, span, negated, valid } of assertions) {
    for (const value of [id, factId, chunkId]) out.integer(texts.place(value))
    out.integer(span.start)
    out.integer(span.end)
    out.integer(
      (negated ? negatedFlag : 0) +
        (valid.from === undefined ? 0 : fromFlag) +
        (valid.until === undefined ? 0 : untilFlag) +
        precisionNumber(valid.fromPrecision) * fromPrecisionUnit +
        precisionNumber(valid.untilPrecision) * untilPrecisionUnit,
    )
  }
  for (const { confidence, valid } of assertions) {
    out.number(confidence)
    if (valid.from !== undefined) out.number(valid.from)
    if (valid.until !== undefined) out.number(valid.until)
  }
}

export function readAssertions(reader: ByteReader): AssertionRows {
  const count = reader.count()
  const columns = reader.integers(count * width)
  const confidences = new Float64Array(count)
  const from = new Map<number, Instant>()
  const until = new Map<number, Instant>()
  for (let row = 0; row < count; row += 1) {
    const flags = columns[row * width + 5] ?? 0
    confidences[row] = reader.number()
    if ((flags & fromFlag) !== 0) from.set(row, reader.number())
    if ((flags & untilFlag) !== 0) until.set(row, reader.number())
  }
  return { count, columns, confidences, from, until }
}

/** The place of the id of an assertion's fact. */
export function assertedFact({ columns }: AssertionRows, row: number): number {
  return columns[row * width + 1] ?? -1
}

/** The place of the id of its chunk. */
export function assertedIn({ columns }: AssertionRows, row: number): number {
  return columns[row * width + 2] ?? -1
}

export function assertionAt(rows: AssertionRows, row: number, texts: Texts): Assertion {
  const column = (number: number) => rows.columns[row * width + number] ?? 0
  const flags = column(5)
  const [from, until] = [rows.from.get(row), rows.until.get(row)]
  const fromPrecision = precisions[(Math.floor(flags / fromPrecisionUnit) % 8) - 1]
  const untilPrecision = precisions[Math.floor(flags / untilPrecisionUnit) - 1]
  return {
    id: texts.at(column(0)),
    factId: texts.at(column(1)),
    chunkId: texts.at(column(2)),
    span: { start: column(3), end: column(4) },
    valid: {
      ...(from === undefined ? {} : { from }),
      ...(fromPrecision === undefined ? {} : { fromPrecision }),
      ...(until === undefined ? {} : { until }),
      ...(untilPrecision === undefined ? {} : { untilPrecision }),
    },
    negated: (flags & negatedFlag) !== 0,
    confidence: rows.confidences[row] ?? 0,
  }
}

function precisionNumber(precision: Precision | undefined): number {
  return precision === undefined ? 0 : precisions.indexOf(precision) + 1
}
