import type { GraphStore } from '@graphmem/core'
import type { BenchRow } from '../bench-row.ts'
import type { Laboratory, Placement } from '../speed/laboratory.ts'
import { besideOthers } from './beside-others.ts'
import { inTurn } from './in-turn.ts'
import type { People } from './people.ts'

export async function measurePeople(
  store: GraphStore,
  people: People,
  placement: Placement,
  lab: Laboratory,
): Promise<readonly BenchRow[]> {
  const rows = [...(await inTurn(store, people, lab)), ...(await besideOthers(store, people, lab))]
  return rows.map((row) => ({ ...row, measure: `${row.measure}, ${placement}` }))
}
