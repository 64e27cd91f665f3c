import assert from 'node:assert/strict'
import { type GraphChanges, type GraphStore, type Head, type RecordKind, type Records, recordKinds, type Scope } from '@graphmem/core/spec'
import { sameList } from './same-list.ts'

/** A memory that is nobody's business but its own, and knows what it ought to hold. */
export interface Resident {
  readonly scope: Scope
  readonly holdsAnything: boolean
  write(store: GraphStore, changes: Pick<GraphChanges, 'put' | 'putSegments'>, applyId: string): Promise<void>
  /** Erases the memory, or all of its user's. */
  erase(store: GraphStore, all: 'memory' | 'user'): Promise<void>
  /** Fails when the memory does not hold exactly what it wrote. */
  check(store: GraphStore): Promise<void>
}

export function resident(scope: Scope): Resident {
  let head: Head = { version: 0 }
  const records = new Map<RecordKind, Map<string, Records[RecordKind]>>(recordKinds.map((kind) => [kind, new Map()]))
  const segmentIds = new Set<string>()

  function note({ put, putSegments = [] }: Pick<GraphChanges, 'put' | 'putSegments'>): void {
    for (const kind of recordKinds) {
      const known = records.get(kind)
      for (const record of put[kind] ?? []) if (!known?.has(record.id)) known?.set(record.id, structuredClone(record))
    }
    for (const { id } of putSegments) segmentIds.add(id)
  }

  return {
    scope,
    get holdsAnything() {
      return head.version > 0
    },
    async write(store, { put, putSegments = [] }, applyId) {
      const changes = { put, putSegments: putSegments.filter(({ id }) => !segmentIds.has(id)) }
      const applied = await store.open(scope).apply(changes, { applyId, expect: head, generation: 'foreign' })
      // The answer to an apply that was already done is the head of then.
      if (!applied.changed) return
      head = applied.head
      note(changes)
    },
    async erase(store, all) {
      await (all === 'user' ? store.user(scope.userId) : store.open(scope)).erase()
      head = { version: 0 }
      for (const known of records.values()) known.clear()
      segmentIds.clear()
    },
    async check(store) {
      const graph = store.open(scope)
      assert.deepEqual(await graph.head(), head, "a neighbour's head is as the neighbour left it")
      for (const [kind, known] of records) {
        sameList(await graph.get(kind, [...known.keys()]), [...known.values()], `a neighbour's ${kind} are as the neighbour left them`)
      }
      const ids = (await graph.segmentInfos()).map(({ id }) => id)
      assert.deepEqual(new Set(ids), segmentIds, "a neighbour's segments are as the neighbour left them")
    },
  }
}
