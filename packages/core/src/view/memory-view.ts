import type { RecallIndex } from '../index-segments/recall-index.ts'
import type { Instant, Self } from '../spec/index.ts'
import { Belief } from './belief.ts'
import { Entities } from './entities.ts'
import { Facts } from './facts.ts'
import { Passages } from './passages.ts'

/** A memory as it is believed at one moment of recorded time, seen by a user of a given name. */
export interface MemoryView {
  readonly index: RecallIndex
  readonly belief: Belief
  readonly entities: Entities
  readonly facts: Facts
  /** Made when first asked for. Costs the number of passages. */
  readonly passages: Passages
}

/** The last view of each index as of now: most questions are about now, and between two writes they share it. */
const current = new WeakMap<RecallIndex, { readonly version: number; readonly self: string; readonly view: MemoryView }>()

export function memoryView(index: RecallIndex, self: Self, knownAt: Instant | undefined): MemoryView {
  if (knownAt !== undefined) return makeView(index, self, knownAt)
  const key = JSON.stringify(self)
  const last = current.get(index)
  if (last !== undefined && last.version === index.version && last.self === key) return last.view
  const view = makeView(index, self, undefined)
  current.set(index, { version: index.version, self: key, view })
  return view
}

function makeView(index: RecallIndex, self: Self, knownAt: Instant | undefined): MemoryView {
  const belief = new Belief(index, knownAt)
  const entities = new Entities(belief, self)
  let passages: Passages | undefined
  return {
    index,
    belief,
    entities,
    facts: new Facts(belief, entities),
    get passages() {
      passages ??= new Passages(belief)
      return passages
    },
  }
}
