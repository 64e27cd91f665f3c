import type { ExplainedChunk, Explanation, QueryResult } from '@graphmem/core'
import { originOf } from './print-evidence.ts'
import { oneLine } from './terminal.ts'

const passagesShown = 5
const signalsShown = 4

/** What was asked for, and of the first passages what they scored, what gave it, and over which names they were reached. */
export function printedExplanation({ explanation, chunks }: QueryResult): string {
  if (explanation === undefined) return ''
  const asked = explanation.terms.map(({ word, weight }) => `${oneLine(word)} ${weight.toFixed(2)}`).join(', ')
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]))
  const shown = explanation.chunks.slice(0, passagesShown).flatMap((told, place) => {
    const chunk = byId.get(told.chunkId)
    return chunk === undefined ? [] : [`${place + 1}. ${headOf(chunk)}`, ...linesOf(told)]
  })
  return [`asked for: ${asked}${namesOf(explanation)}`, ...shown].join('\n')
}

function namesOf({ names }: Explanation): string {
  return names.length === 0 ? '' : `; names: ${names.map(oneLine).join(', ')}`
}

function headOf(chunk: QueryResult['chunks'][number]): string {
  const text = oneLine(chunk.text)
  const origin = originOf(chunk)
  return `${origin === '' ? '' : `${origin}: `}“${text.length > 80 ? `${text.slice(0, 80)}…` : text}”`
}

function linesOf({ score, signals, has, namedAs, path }: ExplainedChunk): readonly string[] {
  const gave = signals
    .slice(0, signalsShown)
    .filter(({ gave: points }) => points > 0)
    .map(({ name, gave: points }) => `${name} ${points.toFixed(2)}`)
  return [
    `   score ${score.toFixed(2)}${gave.length === 0 ? '' : `: ${gave.join(', ')}`}`,
    ...(has.length === 0 ? [] : [`   has: ${has.map(oneLine).join(', ')}`]),
    ...(namedAs === undefined ? [] : [`   the question names it: ${oneLine(namedAs)}`]),
    ...path.map(
      ({ name, sentence, leadsTo }) =>
        `   by ${oneLine(name)}, which it ${leadsTo === 'about' ? 'is about' : 'speaks of'}, in “${oneLine(sentence)}”`,
    ),
  ]
}
