import type { Memory } from '@graphmem/core'
import { inventedSentences } from '../invented-text.ts'
import { timed } from './timed.ts'

/** Milliseconds of the same single sentences, each an ingest, into two memories. */
export async function addByTurns(
  first: Memory,
  second: Memory,
  repetitions: number,
  seed: number,
): Promise<{ readonly firstMs: readonly number[]; readonly secondMs: readonly number[] }> {
  const sentences = inventedSentences(seed)
  const firstMs: number[] = []
  const secondMs: number[] = []
  for (let turn = 0; turn < repetitions; turn++) {
    const documents = [{ id: `sentence ${turn}`, text: sentences.next().value.text }]
    const add = async (memory: Memory, into: number[]) => into.push(await timed(() => memory.ingest({ documents })))
    // Side by side, so that a busy moment of the machine falls on both, and by turns, so that neither always comes first.
    if (turn % 2 === 0) await add(first, firstMs)
    await add(second, secondMs)
    if (turn % 2 === 1) await add(first, firstMs)
  }
  return { firstMs, secondMs }
}
