import type { DocumentInput, IngestInput, TurnInput } from '@graphmem/core'
import type { Item } from './read-items.ts'

/** What goes into one call of `ingest`: things of one kind, in the order they came. */
export interface Batch {
  readonly input: IngestInput
  readonly replace: boolean
  /** The characters of text in it. */
  readonly length: number
}

const maxItems = 512
const maxLength = 1_000_000

/** Puts items together into batches of bounded size. */
export async function* itemBatches(items: AsyncIterable<Item>): AsyncIterable<Batch> {
  let turns: TurnInput[] = []
  let documents: DocumentInput[] = []
  let length = 0
  let replace = false
  for await (const item of items) {
    const other = 'turn' in item ? documents : turns
    const alike = other.length === 0 && !('text' in item) && replace === (item.replaces ?? false)
    if (!alike || turns.length + documents.length >= maxItems || length >= maxLength) {
      yield* held()
    }
    length += lengthOf(item)
    replace = item.replaces ?? false
    if ('text' in item) yield { input: item.text, replace, length: taken() }
    else if ('turn' in item) turns.push(item.turn)
    else documents.push(item.document)
  }
  yield* held()

  function* held(): Iterable<Batch> {
    if (turns.length > 0) yield { input: { turns }, replace, length: taken() }
    if (documents.length > 0) yield { input: { documents }, replace, length: taken() }
    turns = []
    documents = []
  }

  function taken(): number {
    const before = length
    length = 0
    return before
  }
}

/** The characters of text in an item. */
export function lengthOf(item: Item): number {
  if ('turn' in item) return item.turn.content.length
  return 'text' in item ? item.text.text.length : item.document.text.length
}
