import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import type { Examined } from './examine.ts'

/** Counts in how much memories differ from what an unbroken run left. */
export interface Tally {
  readonly add: (memory: Examined) => void
  /** Notes what a killed ingest left, before anything else wrote there. */
  readonly addKilled: (state: { readonly version: number; readonly digest: string }) => void
  readonly rows: (about: string) => readonly BenchRow[]
}

/** `stages` are the digests of a whole memory after so many applies. */
export function tally(whole: Examined, stages: readonly string[] = []): Tally {
  let memories = 0
  let killed = 0
  let wholeApplies = 0
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
    addKilled({ version, digest }) {
      killed++
      if (stages[version] === digest) wholeApplies++
    },
    rows: (about) => [
      ...(killed === 0
        ? []
        : [
            {
              measure: `${about}: what was left is whole applies and nothing else`,
              value: `${wholeApplies} of ${killed}`,
              goal: 'all',
              holds: wholeApplies === killed,
            },
          ]),
      { measure: `${about}: digest as unbroken`, value: `${digests} of ${memories}`, goal: 'all', holds: digests === memories },
      { measure: `${about}: answers as unbroken`, value: `${answers} of ${memories}`, goal: 'all', holds: answers === memories },
      atMost(`${about}: records lost`, lost, 0),
      atMost(`${about}: records too many`, duplicated, 0),
    ],
  }
}
