import type { Sense } from '../spec/index.ts'
import type { ByteReader } from './byte-reader.ts'
import type { RecordWriter } from './record-codec.ts'
import type { Texts } from './texts-codec.ts'

/** The senses of a segment as places of texts, four each: id, key, discriminator, block. */
export type SenseRows = Int32Array

const width = 4

export function writeSenses({ out, texts }: RecordWriter, senses: readonly Sense[]): void {
  out.integer(senses.length)
  for (const { id, key, discriminator, block } of senses) {
    for (const value of [id, key, discriminator, block]) out.integer(texts.place(value))
  }
}

export function readSenses(from: ByteReader): SenseRows {
  return from.integers(from.count() * width)
}

export function senseCount(rows: SenseRows): number {
  return rows.length / width
}

/** The places of the texts that a sense is found by. */
export function senseId(rows: SenseRows, row: number): number {
  return rows[row * width] ?? -1
}

export function senseKey(rows: SenseRows, row: number): number {
  return rows[row * width + 1] ?? -1
}

export function senseAt(rows: SenseRows, row: number, texts: Texts): Sense {
  const text = (column: number) => texts.at(rows[row * width + column] ?? -1)
  return { id: text(0), key: text(1), discriminator: text(2), block: text(3) }
}
