import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'

/** Writes how many items there are, and then each. */
export function list<T>(out: ByteWriter, items: readonly T[], write: (item: T) => void): void {
  out.integer(items.length)
  for (const item of items) write(item)
}

/** Reads what {@link list} wrote. */
export function readList<T>(from: ByteReader, read: () => T): T[] {
  const items: T[] = []
  for (let left = from.integer(); left > 0; left -= 1) items.push(read())
  return items
}
