import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { type DocumentInput, maxTextLength, type TextInput, type TurnInput } from '@graphmem/core'
import { refusal } from '../refusal.ts'
import { decodeText, textLines } from './decode-text.ts'
import type { Source } from './find-sources.ts'
import { parseJsonLine } from './json-line.ts'

/** One thing to remember. */
export type Item = ({ readonly text: TextInput } | { readonly turn: TurnInput } | { readonly document: DocumentInput }) & {
  /** Whether it takes the place of an earlier one with its id: a file that was edited. */
  readonly replaces?: true
}

export interface ItemOptions {
  readonly signal: AbortSignal
  /** ISO 8601. Default: a file's time of modification, and now for what is said. */
  readonly at?: string | undefined
  readonly title?: string | undefined
}

/** Reads files from their beginning, as often as it is called. @throws GraphMemError `INPUT_INVALID` */
export async function* fileItems(sources: readonly Source[], options: ItemOptions): AsyncIterable<Item> {
  for (const { path, format, modifiedAt } of sources) {
    const pieces = decodeText(createReadStream(path), path, options.signal)
    if (format === 'lines') {
      yield* lineItems(pieces, { what: path, session: path, at: options.at })
    } else {
      const text = oneText(await whole(pieces), path)
      const title = options.title ?? titleOf(text, path)
      const id = pathToFileURL(path).href
      yield { replaces: true, document: { id, title, source: path, at: options.at ?? modifiedAt, text } }
    }
  }
}

/** What was piped in: JSON lines, a document if it was given a title, else something the user says. @throws GraphMemError `INPUT_INVALID` */
export async function* pipedItems(text: string, { at, title }: ItemOptions): AsyncIterable<Item> {
  const what = 'standard input'
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 32)
  const id = `stdin:${hash}`
  if (/^\s*\{/.test(text)) {
    yield* lineItems(textLinesOf(text), { what, session: id, at })
  } else if (title !== undefined) {
    yield { replaces: true, document: { id, title, text: oneText(text, what), ...(at === undefined ? {} : { at }) } }
  } else {
    // The day and not the moment, so that the same text piped again on that day, after an interruption, is the same.
    yield { replaces: true, text: { id, at: at ?? new Date().toISOString().slice(0, 10), text: oneText(text, what) } }
  }
}

/** All pieces of a text. */
export async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

interface LineContext {
  readonly what: string
  /** Of lines that name none. */
  readonly session: string
  readonly at: string | undefined
}

async function* lineItems(pieces: AsyncIterable<string>, { what, session, at }: LineContext): AsyncIterable<Item> {
  // A line without a time or an id is told from another by its place in its session.
  const places = new Map<string, number>()
  const lineOfId = new Map<string, { readonly number: number; readonly hash: string }>()
  let number = 0
  let items = 0
  for await (const line of textLines(pieces)) {
    number += 1
    if (line.trim() === '') continue
    items += 1
    const item = parseJsonLine(line, `${what}, line ${number}`)
    refuseSecond('document' in item ? item.document.id : item.turn.id, line)
    if ('document' in item) {
      yield { document: { source: what, ...(at === undefined ? {} : { at }), ...item.document } }
    } else {
      const turn = { source: what, session, ...(at === undefined ? {} : { at }), ...item.turn }
      const place = places.get(turn.session) ?? 0
      places.set(turn.session, place + 1)
      yield { turn: { sequence: place, ...turn } }
    }
  }
  if (items === 0) throw refusal('paths', `${what} is empty.`)

  function refuseSecond(id: string | undefined, line: string): void {
    if (id === undefined) return
    const hash = createHash('sha256').update(line).digest('base64')
    const first = lineOfId.get(id)
    if (first === undefined) lineOfId.set(id, { number, hash })
    else if (first.hash !== hash) throw refusal('paths', `${what}, line ${number}: has the id of line ${first.number}, and other content.`)
  }
}

function oneText(text: string, what: string): string {
  if (text.trim() === '') throw refusal('paths', `${what} is empty.`)
  if (text.length > maxTextLength) throw refusal('paths', `${what} is over ${maxTextLength.toLocaleString('en')} characters. Split it.`)
  return text
}

function titleOf(text: string, path: string): string {
  const heading = /\.(md|markdown)$/i.test(path) ? /^#{1,6}[ \t]+(.+?)[ \t#]*$/m.exec(text)?.[1] : undefined
  return heading?.replace(/\p{Cc}/gu, '').slice(0, 500) || basename(path, extname(path))
}

function textLinesOf(text: string): AsyncIterable<string> {
  return Readable.from([text])
}
