import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import { inventedSentences } from '../invented-text.ts'
import { mean, quantile } from '../quantile.ts'
import { growMemory } from './grow-memory.ts'
import { type Laboratory, openGraphMem, openMemory, openStore } from './laboratory.ts'
import { timed } from './timed.ts'

const repetitions = 128

/** What one more sentence costs in a memory of 20,000 entities, as a multiple of the same in one of 200. */
export async function oneMoreSentence(lab: Laboratory): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const placement of ['in memory', 'one libSQL file'] as const) {
    lab.note(`one more sentence, ${placement}`)
    await using store = openStore(placement, lab, 'one-more')
    const graphMem = openGraphMem(store, lab)
    const small = openMemory(graphMem, 'small')
    const large = openMemory(graphMem, 'large')
    await growMemory(small, 200, 3)
    await growMemory(large, 20_000, 4)
    const more = inventedSentences(5)
    const smallMs: number[] = []
    const largeMs: number[] = []
    for (let place = 0; place < repetitions; place++) {
      const documents = [{ id: `more ${place}`, text: more.next().value.text }]
      // Side by side, so that a busy moment of the machine falls on both, and in turns, so that neither always comes first.
      const add = async (memory: typeof small, into: number[]) => into.push(await timed(() => memory.ingest({ documents })))
      if (place % 2 === 0) await add(small, smallMs)
      await add(large, largeMs)
      if (place % 2 === 1) await add(small, smallMs)
    }
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
