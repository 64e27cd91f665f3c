import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Embedder } from '@graphmem/core'
import { localEmbedder } from '@graphmem/llm-local'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { hasDataset } from '../datasets.ts'
import { skipped } from '../gate.ts'
import { sameRankingRow } from '../recall/same-ranking-row.ts'
import { rowsOrSkipped } from '../rows-or-skipped.ts'
import { openKept } from './kept-at.ts'
import { type LastingStore, lastingStores } from './lasting-stores.ts'
import { tellStory } from './tell-story.ts'

/** That one line of configuration swaps the store and nothing else changes: the story, and the ranking of a real conversation's questions. */
export async function storesBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  const embedder = localEmbedder()
  const expected = await tellStory()
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-stores-'))
  const rows: BenchRow[] = []
  try {
    for (const { name, start } of lastingStores) {
      options.note(name)
      rows.push(...(await rowsOrSkipped(`all, on ${name}`, () => toldBy(name, () => start(folder), expected, embedder))))
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function toldBy(
  name: string,
  start: () => Promise<LastingStore>,
  expected: string,
  embedder: Embedder,
): Promise<readonly BenchRow[]> {
  await using lasting = await start()
  const isSame = (await tellStory(lasting.next())) === expected
  const story = { measure: `the story, on ${name}`, value: isSame ? 'the same' : 'another', goal: 'the same as in memory', holds: isSame }
  if (!hasDataset('locomo')) return [story, skipped(`ranking of LoCoMo, on ${name}`, 'the dataset is not there')]
  const keptAt = lasting.next()
  await using store = await openKept(keptAt)
  return [story, await sameRankingRow('locomo', embedder, { name, store, userId: keptAt.userId })]
}
