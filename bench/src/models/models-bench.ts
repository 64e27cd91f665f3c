import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { killRows } from './kill/kill-rows.ts'
import { storyRows } from './story/story-rows.ts'

/** All on doubles of providers: real HTTP on loopback, the documented wire formats, and no model. */
export async function modelsBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  return [...(await storyRows(options.note)), ...(await killRows(options))]
}
