import { decodeText } from './input/decode-text.ts'
import { findSources, type Source } from './input/find-sources.ts'
import { type Batch, itemBatches, lengthOf } from './input/item-batches.ts'
import { fileItems, type Item, type ItemOptions, pipedItems, whole } from './input/read-items.ts'
import { refusal } from './refusal.ts'

export interface InputChoice {
  /** Files and folders; `-` is standard input. */
  readonly paths: readonly string[]
  /** One sentence from the command line. */
  readonly text?: string | undefined
  readonly at?: string | undefined
  readonly title?: string | undefined
}

/** Input of which every byte was checked. */
export interface Input {
  readonly items: number
  /** The characters of text in it. */
  readonly length: number
  /** Reads it again, a bounded part at a time. */
  batches(): AsyncIterable<Batch>
}

/**
 * Checks all input, so that nothing is written when any of it is bad.
 *
 * @throws GraphMemError `INPUT_INVALID` naming the file, and the line of a file of lines.
 */
export async function readInput({ paths, text, ...rest }: InputChoice, signal: AbortSignal): Promise<Input> {
  const options = { ...rest, signal }
  const read = text === undefined ? await readPaths(paths, options) : said(text, paths, options)
  let items = 0
  let length = 0
  for await (const item of read()) {
    signal.throwIfAborted()
    items += 1
    length += lengthOf(item)
  }
  return { items, length, batches: () => itemBatches(read()) }
}

type ReadItems = () => AsyncIterable<Item>

async function readPaths(paths: readonly string[], options: ItemOptions): Promise<ReadItems> {
  const piped = paths.length === 0 || paths.includes('-')
  if (paths.length === 0 && process.stdin.isTTY) {
    throw refusal(
      'paths',
      'There is nothing to remember: name files or folders, give --text "…", or pipe something in. See graphmem ingest --help.',
    )
  }
  const sources = findSources(paths.filter((path) => path !== '-'))
  if (options.title !== undefined && sources.length + (piped ? 1 : 0) > 1)
    throw refusal('title', '--title is for one document, and there are several.')
  refuseEmpty(sources)
  const text = piped ? await whole(decodeText(process.stdin, 'standard input', options.signal)) : undefined
  return async function* () {
    if (text !== undefined) yield* pipedItems(text, options)
    yield* fileItems(sources, options)
  }
}

function said(text: string, paths: readonly string[], { at, title }: ItemOptions): ReadItems {
  if (paths.length > 0) throw refusal('text', '--text and paths do not go together: give one or the other.')
  if (title !== undefined) throw refusal('title', '--title is for a document, and --text is something the user says.')
  if (text.trim() === '') throw refusal('text', '--text is empty.')
  return async function* () {
    yield { text: { text, ...(at === undefined ? {} : { at }) } }
  }
}

function refuseEmpty(sources: readonly Source[]): void {
  const empty = sources.find(({ sizeBytes }) => sizeBytes === 0)
  if (empty !== undefined) throw refusal('paths', `${empty.path} is empty.`)
}
