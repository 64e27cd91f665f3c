import {
  type GraphChanges,
  type GraphStore,
  type Head,
  type RecordKind,
  type Records,
  recordKinds,
  type Scope,
  type ScopedGraph,
} from '@graphmem/core/spec'
import { type MemoryModel, memoryModel, modelApply } from '../model/memory-model.ts'
import { build, bytesOf, segment } from '../record-builders.ts'

/** One of those who share a store, and what the memory holds if nobody else has a hand in it. */
export interface StoreTenant {
  readonly name: string
  readonly scope: Scope
  readonly store: GraphStore
  readonly graph: ScopedGraph
  model: MemoryModel
  incarnation: string | undefined
  /** Makes what this tenant writes differ from what any other does, and from what it wrote before. */
  writes: number
}

export function storeTenant(store: GraphStore, scope: Scope): StoreTenant {
  const name = [scope.userId, scope.memoryId].map((id) => JSON.stringify(id)).join('/')
  return { name, scope, store, graph: store.open(scope), model: memoryModel(), incarnation: undefined, writes: 0 }
}

/** The head as the model has it. */
export function headOf({ model: { version, generation }, incarnation }: StoreTenant): Head {
  return version === 0
    ? { version }
    : { ...(incarnation !== undefined && { incarnation }), version, ...(generation !== undefined && { generation }) }
}

/** Makes a write that others might make too: the same ids, keys, blocks, versions and applyIds, and a content that nobody else has. */
export async function writeAs(tenant: StoreTenant, changes: GraphChanges, applyId: string = unusedApplyId(tenant)): Promise<string> {
  const { graph, model } = tenant
  const next = model.version + 1
  const generation = `generation ${next % 3}`
  const applied = await graph.apply(changes, { applyId, expect: headOf(tenant), generation })
  modelApply(model, changes, applyId, generation)
  if (next === 1) tenant.incarnation = applied.head.incarnation
  return JSON.stringify(applied)
}

/** What a write answers when nobody else is there. */
export function appliedAs(tenant: StoreTenant): string {
  return JSON.stringify({ head: headOf(tenant), changed: true })
}

export function unusedApplyId({ model }: StoreTenant): string {
  let number = model.applied.size
  while (model.applied.has(`apply ${number}`)) number += 1
  return `apply ${number}`
}

/** A record of every kind under each id, and a segment. */
export function contentOf(tenant: StoreTenant, ids: readonly string[], kinds: readonly RecordKind[] = recordKinds): GraphChanges {
  const next = tenant.model.version + 1
  tenant.writes += 1
  const mark = `${tenant.name} wrote ${tenant.writes}`
  const put = Object.fromEntries(kinds.map((kind) => [kind, ids.map((id) => marked(kind, id, mark))]))
  return { put, putSegments: [segment(`segment ${next}`, next, next, bytesOf(mark))] }
}

function marked(kind: RecordKind, id: string, mark: string): Records[RecordKind] {
  switch (kind) {
    case 'episodes':
      return build.episodes(id, { text: mark, source: mark })
    case 'chunks':
      return build.chunks(id, { text: mark })
    case 'senses':
      return build.senses(id, { discriminator: mark, block: id })
    case 'decisions':
      return build.decisions(id, { rule: mark })
    case 'facts':
      return build.facts(id, { predicate: mark })
    case 'assertions':
      return build.assertions(id, { factId: mark })
    case 'corrections':
      return build.corrections(id, { reason: mark })
  }
}
