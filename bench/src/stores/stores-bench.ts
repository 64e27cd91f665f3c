import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localEmbedder } from '@graphmem/llm-local'
import { ServiceMissing } from '@graphmem/services/service'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { hasDataset } from '../datasets.ts'
import { skipped } from '../gate.ts'
import { sameRankingRow } from '../recall/same-ranking-row.ts'
import { openKept } from './kept-at.ts'
import { lastingStores } from './lasting-stores.ts'
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
      try {
        await using lasting = await start(folder)
        const isSame = (await tellStory(lasting.next())) === expected
        rows.push({
          measure: `the story, on ${name}`,
          value: isSame ? 'the same' : 'another',
          goal: 'the same as in memory',
          holds: isSame,
        })
        if (!hasDataset('locomo')) {
          rows.push(skipped(`ranking of LoCoMo, on ${name}`, 'the dataset is not there'))
          continue
        }
        const keptAt = lasting.next()
        await using store = await openKept(keptAt)
        rows.push(await sameRankingRow('locomo', embedder, { name, store, userId: keptAt.userId }))
      } catch (error) {
        if (!(error instanceof ServiceMissing) || process.env['GRAPHMEM_TEST_REQUIRE_SERVICES'] === '1') throw error
        rows.push(skipped(`all, on ${name}`, error.message))
      }
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
