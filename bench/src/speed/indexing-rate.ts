import type { BenchRow } from '../bench-row.ts'
import { atLeast, skipped } from '../gate.ts'
import { indexingOnly } from './indexing-only.ts'
import { type Laboratory, openGraphMem, openMemory, openStore } from './laboratory.ts'
import { hasProse, prose, sentencesOf } from './prose.ts'
import { timed } from './timed.ts'

const passages = 4_000

/** Sentences a second from text to a written index, and with what is extracted from them, each in one ingest into an empty memory. */
export async function indexingRate(lab: Laboratory): Promise<readonly BenchRow[]> {
  if (!hasProse()) return [skipped('indexing, sentences a second', 'the public sets are not there')]
  const { documents } = await prose(passages)
  const sentences = documents.reduce((sum, { text }) => sum + sentencesOf(text).length, 0)
  const rows: BenchRow[] = [{ measure: 'indexing: passages; sentences', value: `${passages}; ${sentences}` }]
  for (const [placement, indexingGoal, ingestGoal] of [
    ['in memory', 4000, 1000],
    ['one libSQL file', 1500, 500],
  ] as const) {
    for (const [measure, reasoner, goal] of [
      ['indexing', indexingOnly, indexingGoal],
      ['ingest, with all that is extracted', lab.reasoner, ingestGoal],
    ] as const) {
      lab.note(`${measure}, ${sentences} sentences, ${placement}`)
      await using store = openStore(placement, lab, measure)
      const memory = openMemory(openGraphMem(store, { ...lab, reasoner }))
      const durationMs = await timed(() => memory.ingest({ documents }))
      rows.push(atLeast(`${measure}: sentences a second, ${placement}`, Math.round((sentences / durationMs) * 1000), goal))
    }
  }
  return rows
}
