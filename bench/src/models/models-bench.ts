import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { budgetRows } from './budget-rows.ts'
import { fairnessRows } from './fairness-rows.ts'
import { killRows } from './kill/kill-rows.ts'
import { storyRows } from './story/story-rows.ts'
import { troubleRows } from './trouble-rows.ts'

/** All on doubles of providers: real HTTP on loopback, the documented wire formats, and no model. */
export async function modelsBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const part of [storyRows, killRows, budgetRows, fairnessRows, troubleRows]) rows.push(...(await part(options)))
  return rows
}
