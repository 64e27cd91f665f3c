import { relative } from 'node:path'
import { styleText } from 'node:util'
import type { Citation, QueryResult } from '@graphmem/core'
import { oneLine } from './terminal.ts'

/** What an answer rests on: its confidence, and each sentence cited with where it stands. */
export function printedEvidence({ confidence, citations, timings }: QueryResult): string {
  const lines = citations.map((citation, index) => `  [${index + 1}] “${oneLine(citation.text)}”${dim(suffix(originOf(citation)))}`)
  return [...lines, dim(`  confidence ${confidence.toFixed(2)} · ${timings.totalMs.toFixed(0)} ms`)].join('\n')
}

/** Who said something, or where it stands, and when. */
export function originOf({ title, source, speaker, at }: Pick<Citation, 'title' | 'source' | 'speaker' | 'at'>): string {
  const place = title ?? speaker ?? (source === undefined ? undefined : shortPath(source))
  const parts = [place === undefined ? '' : oneLine(place), at === undefined ? '' : at.toISOString().slice(0, 10)]
  return parts.filter((part) => part !== '').join(', ')
}

function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith('..') ? path : fromHere
}

function suffix(origin: string): string {
  return origin === '' ? '' : ` — ${origin}`
}

function dim(text: string): string {
  return styleText('dim', text, { stream: process.stderr })
}
