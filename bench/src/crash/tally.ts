import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import type { Examined } from './examine.ts'

/** Counts in how much memories differ from what an unbroken run left. */
export interface Tally {
  readonly add: (memory: Examined) => void
  readonly rows: (about: string) => readonly BenchRow[]
}

export function tally(whole: Examined): Tally {
  let memories = 0
  let digests = 0
  let answers = 0
  let lost = 0
  let duplicated = 0
  return {
    add(memory) {
      memories++
      if (memory.digest === whole.digest) digests++
      if (memory.answers === whole.answers) answers++
      lost += whole.ids.difference(memory.ids).size
      duplicated += memory.ids.difference(whole.ids).size + memory.repeatedKeys
    },
    rows: (about) => [
      { measure: `${about}: digest as unbroken`, value: `${digests} of ${memories}`, goal: 'all', holds: digests === memories },
      { measure: `${about}: answers as unbroken`, value: `${answers} of ${memories}`, goal: 'all', holds: answers === memories },
      atMost(`${about}: records lost`, lost, 0),
      atMost(`${about}: records too many`, duplicated, 0),
    ],
  }
}
