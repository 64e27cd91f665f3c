import type { Extraction, Passage } from '@graphmem/core/spec'
import { localReasoner } from '@graphmem/llm-local'

const reasoner = localReasoner()

/** Wednesday, 14 August 2024, noon. */
const at: number = Date.UTC(2024, 7, 14, 12)

/** Reads what the user says. */
export async function readTurn(text: string, passage: Partial<Passage> = {}): Promise<Extraction> {
  return reasoner.extract({ text, kind: 'turn', speaker: 'self', self: { aliases: [] }, at, ...passage })
}

/** Reads an article. */
export async function readDocument(title: string, text: string): Promise<Extraction> {
  return reasoner.extract({ text, title, kind: 'document', self: { aliases: [] } })
}

/** The facts as lines: `@self works_at Google`, with what is denied, and when it holds, where that was said. */
export function lines(extraction: Extraction): string[] {
  return extraction.facts.map((fact) => {
    const object = 'name' in fact.object ? nameOf(extraction, fact.object.name) : fact.object.value
    const from = fact.valid.from === undefined ? '' : ` from ${day(fact.valid.from)}/${fact.valid.fromPrecision}`
    const until = fact.valid.until === undefined ? '' : ` until ${day(fact.valid.until)}/${fact.valid.untilPrecision}`
    return `${nameOf(extraction, fact.subject)} ${fact.negated ? 'not ' : ''}${fact.predicate} ${object}${from}${until}`
  })
}

/** The names as they are written, in the order of the extraction. */
export function names(extraction: Extraction): string[] {
  return extraction.names.map((_, index) => nameOf(extraction, index))
}

function nameOf(extraction: Extraction, index: number): string {
  const name = extraction.names[index]
  if (!name) return '?'
  const written = typeof name.name === 'string' ? name.name : `@${name.name.role}`
  return name.of === undefined ? written : `${written} of ${nameOf(extraction, name.of)}`
}

function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
