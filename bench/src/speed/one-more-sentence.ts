import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import { mean, quantile } from '../quantile.ts'
import { addByTurns } from './add-by-turns.ts'
import { growMemory } from './grow-memory.ts'
import { type Laboratory, openGraphMem, openMemory, openStore } from './laboratory.ts'

const repetitions = 128

/** What one more sentence costs in a memory of 20,000 entities, as a multiple of the same in one of 200. */
export async function oneMoreSentence(lab: Laboratory): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const placement of ['in memory', 'one libSQL file'] as const) {
    lab.note(`one more sentence, ${placement}`)
    await using smallStore = openStore(placement, lab, 'small')
    await using largeStore = openStore(placement, lab, 'large')
    const small = openMemory(openGraphMem(smallStore, lab))
    const large = openMemory(openGraphMem(largeStore, lab))
    await growMemory(small, 200, 3)
    await growMemory(large, 20_000, 4)
    const { firstMs: smallMs, secondMs: largeMs } = await addByTurns(small, large, repetitions, 5)
    const [median200, median20k] = [quantile(smallMs, 0.5), quantile(largeMs, 0.5)]
    rows.push(
      atMost(`one more sentence at 20,000 entities ÷ at 200, median of ${repetitions}, ${placement}`, median20k / median200, 1.5),
      { measure: `the same, mean, ${placement}`, value: mean(largeMs) / mean(smallMs) },
      {
        measure: `milliseconds at 20,000: median; mean; longest, ${placement}`,
        value: milliseconds(median20k, mean(largeMs), Math.max(...largeMs)),
      },
      {
        measure: `milliseconds at 200: median; mean; longest, ${placement}`,
        value: milliseconds(median200, mean(smallMs), Math.max(...smallMs)),
      },
    )
  }
  return rows
}

function milliseconds(...values: readonly number[]): string {
  return values.map((value) => value.toFixed(1)).join('; ')
}
