import type { FactView } from '../view/views.ts'
import type { RecalledChunk } from './recall-result.ts'

const charactersPerToken = 4

/** Passages and facts as a text for a prompt, each with its id: facts may take a third of the budget, passages the rest; what does not fit whole is left out. */
export function contextText(chunks: readonly RecalledChunk[], facts: readonly FactView[], maxTokens: number): string {
  const budget = maxTokens * charactersPerToken
  const factLines = under('Facts:', facts.map(factLine), budget / 3)
  return [...factLines, ...under('Passages:', chunks.map(passageLine), budget - length(factLines))].join('\n')
}

/** The lines that fit a budget together with their heading, if any does. */
function under(heading: string, lines: readonly string[], budget: number): readonly string[] {
  const chosen = fitting(lines, budget - length([heading]))
  return chosen.length === 0 ? [] : [heading, ...chosen]
}

function fitting(lines: readonly string[], budget: number): readonly string[] {
  let left = budget
  return lines.filter((line) => {
    if (line.length + 1 > left) return false
    left -= line.length + 1
    return true
  })
}

function length(lines: readonly string[]): number {
  return lines.reduce((total, line) => total + line.length + 1, 0)
}

function factLine({ id, subject, predicate, object, negated, validFrom, validUntil }: FactView): string {
  const told = 'value' in object ? object.value : object.name
  const when = [
    validFrom === undefined ? '' : `from ${day(validFrom.date)}`,
    validUntil === undefined ? '' : `until ${day(validUntil.date)}`,
  ]
  const times = when.filter((part) => part !== '').join(' ')
  return `[${id}] ${subject.name || 'the user'} ${negated ? 'not ' : ''}${predicate.replaceAll('_', ' ')} ${told || 'the user'}${times === '' ? '' : ` (${times})`}`
}

function passageLine({ id, title, speaker, at, text }: RecalledChunk): string {
  const head = [title, speaker, at === undefined ? undefined : day(at)].filter((part) => part !== undefined).join(', ')
  return `[${id}]${head === '' ? '' : ` ${head}:`} ${text}`
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
