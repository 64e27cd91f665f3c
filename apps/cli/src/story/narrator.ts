import { styleText } from 'node:util'
import type { QueryResult } from '@graphmem/core'
import { originOf } from '../print-evidence.ts'
import { oneLine } from '../terminal.ts'

/** What a question has to be answered with: words of the answer, or `nothing`. */
export type Promised = { readonly words: string } | 'nothing'

/** Prints the story, and remembers which promises were broken. */
export interface Narrator {
  chapter(title: string, about: string): void
  said(who: string, text: string, durationMs: number): void
  asked(who: string, question: string, result: QueryResult, promised: Promised): void
  cited(result: QueryResult): void
  told(text: string): void
  /** Something other than an answer that has to hold. */
  promised(holds: boolean, text: string): void
  readonly broken: readonly string[]
}

const whoWidth = 19
const textWidth = 42
const quoteWidth = 100

export function narrator(): Narrator {
  const broken: string[] = []
  return {
    broken,
    chapter(title, about) {
      print(`\n${style('bold', title)}\n${style('dim', about)}\n`)
    },
    said(who, text, durationMs) {
      print(
        `  ${style('cyan', who.padEnd(whoWidth))}${text.padEnd(textWidth)}  ${style('dim', `remembered in ${milliseconds(durationMs)}`)}`,
      )
    },
    asked(who, question, result, promised) {
      const answer = result.found ? style('green', oneLine(result.answer)) : style('yellow', result.answer)
      const time = style('dim', `  ${milliseconds(result.timings.totalMs)}`)
      print(`  ${style('cyan', who.padEnd(whoWidth))}${question.padEnd(textWidth)}  ${answer}${time}`)
      if (!keeps(result, promised))
        fail(`${who} “${question}” and was promised ${promised === 'nothing' ? 'nothing' : `“${promised.words}”`}`)
    },
    cited({ answer, citations }) {
      for (const citation of citations.slice(0, 2)) {
        print(`  ${' '.repeat(whoWidth)}${style('dim', `“${around(answer, oneLine(citation.text))}” — ${originOf(citation)}`)}`)
      }
    },
    told(text) {
      print(`  ${text}`)
    },
    promised(holds, text) {
      print(`  ${text}`)
      if (!holds) fail(text)
    },
  }

  function fail(what: string): void {
    broken.push(what)
    print(style('red', `  ✗ BROKEN PROMISE: ${what}`))
  }
}

/** A span of time for people: "3 ms", "1.4 s". */
export function milliseconds(durationMs: number): string {
  return durationMs < 1000 ? `${durationMs.toFixed(0)} ms` : `${(durationMs / 1000).toFixed(1)} s`
}

function keeps({ answer, found, confidence, citations }: QueryResult, promised: Promised): boolean {
  if (promised === 'nothing') return answer === 'No information found' && !found && confidence === 0 && citations.length === 0
  return found && citations.length > 0 && answer.toLowerCase().includes(promised.words.toLowerCase())
}

/** The part of a sentence that is around an answer. */
function around(answer: string, sentence: string): string {
  const at = sentence.toLowerCase().indexOf(answer.toLowerCase())
  const start = at + answer.length < quoteWidth ? 0 : sentence.lastIndexOf(' ', at - quoteWidth / 2) + 1
  const end = start + quoteWidth
  return `${start > 0 ? '…' : ''}${sentence.slice(start, end)}${end < sentence.length ? '…' : ''}`
}

function style(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
