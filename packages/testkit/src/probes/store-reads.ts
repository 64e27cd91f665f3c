import { type RecordKind, type Records, recordKinds, type Scope, scope } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import { type MemoryModel, modelRecords, modelSegments } from '../model/memory-model.ts'
import { inOrder } from '../utf8-order.ts'
import { headOf, type StoreTenant } from './store-tenant.ts'

/** One read with its arguments, which any tenant can make. */
export interface StoreRead {
  readonly door: string
  readonly text: string
  make(tenant: StoreTenant): Promise<unknown>
  /** What a tenant is told who is alone. */
  alone(tenant: StoreTenant, all: readonly StoreTenant[]): unknown
}

export type StoreReadName =
  | 'get'
  | 'scan'
  | 'episodesOfKeys'
  | 'sensesOfBlocks'
  | 'segmentInfos'
  | 'segments'
  | 'head'
  | 'count'
  | 'list'
  | 'reopened'
  | 'changedScope'

type MakeRead = (aim: Aim) => StoreRead

/** What a read is made of: something that the owner has, and what is put beside it. */
export interface Aim {
  readonly owner: StoreTenant
  readonly pick: number
  /** Wildcards, injections, and ids of others and of nobody. */
  readonly beside: readonly string[]
}

const reads = {
  get({ owner, pick, beside }) {
    const kind = recordKinds[pick % recordKinds.length] as RecordKind
    const held = modelRecords(owner.model, kind)
    const ids = [...new Set([...beside, held[pick % held.length]?.id ?? ''])]
    return {
      door: 'get',
      text: `get ${kind} ${JSON.stringify(ids)}`,
      make: ({ graph }) => graph.get(kind, ids),
      alone({ model }) {
        return ids.flatMap((id) => model.records.get(kind)?.get(id) ?? [])
      },
    }
  },
  scan({ pick }) {
    const kind = recordKinds[pick % recordKinds.length] as RecordKind
    return {
      door: 'scan',
      text: `scan ${kind}`,
      make: ({ graph }) => collect(graph.scan(kind)),
      alone: ({ model }) => modelRecords(model, kind),
    }
  },
  episodesOfKeys({ owner, pick, beside }) {
    const held = recordsOf(owner.model, 'episodes')
    const keys = [...new Set([...beside, held[pick % held.length]?.key ?? ''])]
    return {
      door: 'episodesOfKeys',
      text: `episodesOfKeys ${JSON.stringify(keys)}`,
      make: ({ graph }) => graph.episodesOfKeys(keys),
      alone: ({ model }) => recordsOf(model, 'episodes').filter(({ key }) => keys.includes(key)),
    }
  },
  sensesOfBlocks({ owner, pick, beside }) {
    const held = recordsOf(owner.model, 'senses')
    const blocks = [...new Set([...beside, held[pick % held.length]?.block ?? ''])]
    return {
      door: 'sensesOfBlocks',
      text: `sensesOfBlocks ${JSON.stringify(blocks)}`,
      make: ({ graph }) => graph.sensesOfBlocks(blocks),
      alone: ({ model }) => recordsOf(model, 'senses').filter(({ block }) => blocks.includes(block)),
    }
  },
  segmentInfos: () => ({
    door: 'segmentInfos',
    text: 'segmentInfos',
    make: ({ graph }) => graph.segmentInfos(),
    alone: ({ model }) => modelSegments(model).map(({ bytes, ...info }) => ({ ...info, sizeBytes: bytes.length })),
  }),
  segments({ owner, pick }) {
    const since = pick % Math.max(1, owner.model.version)
    return {
      door: 'segments',
      text: `segments ${since}`,
      make: ({ graph }) => collect(graph.segments(since)),
      alone: ({ model }) => modelSegments(model).filter(({ lastVersion }) => lastVersion > since),
    }
  },
  head: () => ({ door: 'head', text: 'head', make: ({ graph }) => graph.head(), alone: headOf }),
  count: () => ({
    door: 'count',
    text: 'count',
    make: ({ graph }) => graph.count(),
    alone: ({ model }) => Object.fromEntries(recordKinds.map((kind) => [kind, model.records.get(kind)?.size])),
  }),
  list: () => ({
    door: 'list',
    text: 'list of the user',
    make: ({ store, scope: { userId } }) => store.user(userId).list(),
    alone: ({ scope: { userId } }, all) =>
      inOrder(all.filter((each) => each.scope.userId === userId && each.model.version > 0).map((each) => each.scope.memoryId)),
  }),
  reopened({ pick }) {
    const kind = recordKinds[pick % recordKinds.length] as RecordKind
    return {
      door: 'a second handle',
      text: `scan ${kind} through a handle opened anew`,
      make: (tenant) => collect(tenant.store.open(scope(tenant.scope)).scan(kind)),
      alone: ({ model }) => modelRecords(model, kind),
    }
  },
  changedScope({ owner, pick }) {
    const kind = recordKinds[pick % recordKinds.length] as RecordKind
    return {
      door: 'a scope changed afterwards',
      text: `scan ${kind} through a handle whose scope was overwritten by that of ${owner.name}`,
      async make({ store, scope: { userId, memoryId } }) {
        const ids = { userId, memoryId }
        const graph = store.open(ids as Scope)
        Object.assign(ids, owner.scope)
        return [await collect(graph.scan(kind)), await graph.get(kind, [modelRecords(owner.model, kind)[0]?.id ?? ''])]
      },
      alone: ({ model }) => {
        const first = model.records.get(kind)?.get(modelRecords(owner.model, kind)[0]?.id ?? '')
        return [modelRecords(model, kind), first === undefined ? [] : [first]]
      },
    }
  },
} satisfies Readonly<Record<StoreReadName, MakeRead>>

/** Every way to read. */
export const storeReads: Readonly<Record<StoreReadName, MakeRead>> = reads

function recordsOf<K extends RecordKind>(model: MemoryModel, kind: K): readonly Records[K][] {
  return modelRecords(model, kind) as readonly Records[K][]
}

/** Everything that can be read of a memory. */
export const everyStoreRead: readonly MakeRead[] = [
  reads.head,
  reads.count,
  reads.segments,
  ...recordKinds.map((_, pick) => (aim: Aim) => reads.scan({ ...aim, pick })),
]
