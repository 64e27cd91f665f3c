import type { Fact, FactObject, Instant } from '../spec/index.ts'
import type { ByteReader } from './byte-reader.ts'
import type { RecordWriter } from './record-codec.ts'
import type { Texts } from './texts-codec.ts'

/** The facts of a segment. */
export interface FactRows {
  readonly count: number
  /** Five each: the places of id, subject and predicate, flags, the place of the object's sense or value. */
  readonly columns: Int32Array
  /** By row, of those that say since when they hold. */
  readonly from: ReadonlyMap<number, Instant>
}

const width = 5
const valueTypes = ['text', 'date', 'quantity', 'boolean'] as const
const exclusiveFlag = 1
const fromFlag = 2
/** What is above the flags: 0 for a sense as the object, else the type of the value. */
const typeUnit = 4

export function writeFacts({ out, texts }: RecordWriter, facts: readonly Fact[]): void {
  out.integer(facts.length)
  for (const { id, subjectId, predicate, object, exclusive, from } of facts) {
    for (const value of [id, subjectId, predicate]) out.integer(texts.place(value))
    const type = 'senseId' in object ? 0 : valueTypes.indexOf(object.valueType) + 1
    out.integer(type * typeUnit + (from === undefined ? 0 : fromFlag) + (exclusive ? exclusiveFlag : 0))
    out.integer(texts.place('senseId' in object ? object.senseId : object.value))
  }
  for (const { from } of facts) if (from !== undefined) out.number(from)
}

export function readFacts(reader: ByteReader): FactRows {
  const count = reader.count()
  const columns = reader.integers(count * width)
  const from = new Map<number, Instant>()
  for (let row = 0; row < count; row += 1) if (((columns[row * width + 3] ?? 0) & fromFlag) !== 0) from.set(row, reader.number())
  return { count, columns, from }
}

/** The place of a fact's id. */
export function factId({ columns }: FactRows, row: number): number {
  return columns[row * width] ?? -1
}

/** The place of its subject's id. */
export function factSubject({ columns }: FactRows, row: number): number {
  return columns[row * width + 1] ?? -1
}

/** The place of the id of its object; −1 for a value. */
export function factObject({ columns }: FactRows, row: number): number {
  return (columns[row * width + 3] ?? 0) < typeUnit ? (columns[row * width + 4] ?? -1) : -1
}

export function factAt({ columns, from }: FactRows, row: number, texts: Texts): Fact {
  const text = (column: number) => texts.at(columns[row * width + column] ?? -1)
  const flags = columns[row * width + 3] ?? 0
  const valueType = valueTypes[Math.floor(flags / typeUnit) - 1]
  const object: FactObject = valueType === undefined ? { senseId: text(4) } : { value: text(4), valueType }
  const begin = from.get(row)
  return {
    id: text(0),
    subjectId: text(1),
    predicate: text(2),
    object,
    exclusive: (flags & exclusiveFlag) !== 0,
    ...(begin === undefined ? {} : { from: begin }),
  }
}
