import assert from 'node:assert/strict'
import { type GraphChanges, type GraphStore, type RecordKind, recordKinds, type Scope, type ScopedGraph, scope } from '@graphmem/core/spec'
import fc from 'fast-check'
import { collect } from '../collect.ts'
import { build, segment } from '../record-builders.ts'
import { rejectsWithCode } from '../rejections.ts'
import type { CaseScopes } from '../store-case.ts'
import { type MemoryModel, memoryModel, modelApply, modelRecords, modelSegments } from './memory-model.ts'

const ids = ['a', 'b', 'A', '%', '\uff21', '\u{1f642}']
const kinds: readonly RecordKind[] = ['episodes', 'senses', 'facts']

const anyIds = fc.subarray(ids)
const operation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('apply' as const), put: anyIds, kind: fc.constantFrom(...kinds), variant: fc.nat(2) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), ids: anyIds, kind: fc.constantFrom(...kinds) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retire' as const), ids: anyIds, at: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stale' as const), behind: fc.constantFrom(-1, 1, 2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), all: fc.boolean() }) },
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** Lets two tenants, and a second memory of the first, do anything in any order, and holds what each sees against a model. */
export async function checkRandomOperations(store: GraphStore, { own, sibling, other }: CaseScopes): Promise<void> {
  let run = 0
  const steps = fc.array(fc.tuple(fc.nat(2), operation), { maxLength: 20, size: 'max' })
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      run += 1
      // Ids of their own for each run, so that a run does not see what the last one left.
      const tenants = [own, sibling, other].map((of) =>
        tenant(store, scope({ userId: `${run} ${of.userId}`.slice(0, 200), memoryId: of.memoryId })),
      )
      for (const [number, step] of sequence) {
        await take(store, tenants, number, step)
        await checkAgainstModel(tenants[number] as Tenant)
      }
      for (const each of tenants) await checkAgainstModel(each)
      for (const { scope: of } of tenants) await store.user(of.userId).erase()
    }),
    { numRuns: 20, seed: 20_250_101, endOnFailure: false },
  )
}

interface Tenant {
  readonly scope: Scope
  readonly graph: ScopedGraph
  model: MemoryModel
  incarnation: string | undefined
}

function tenant(store: GraphStore, of: Scope): Tenant {
  return { scope: of, graph: store.open(of), model: memoryModel(), incarnation: undefined }
}

async function take(store: GraphStore, tenants: readonly Tenant[], number: number, step: Operation): Promise<void> {
  const acting = tenants[number] as Tenant
  const { graph, model } = acting
  const next = model.version + 1
  switch (step.do) {
    case 'apply': {
      const put = { [step.kind]: step.put.map((id) => variantOf(step.kind, id, number, step.variant)) }
      return applyBoth(acting, { put, putSegments: [segment(`g${next}`, next)] })
    }
    case 'remove':
      return applyBoth(acting, { put: {}, remove: { [step.kind]: step.ids } })
    case 'retire':
      return applyBoth(acting, { put: {}, retire: { episodeIds: step.ids, at: step.at } })
    case 'merge': {
      const merged = modelSegments(model).slice(0, 2)
      const [first, last] = [merged[0], merged.at(-1)]
      if (!first || !last || first === last) return
      const one = segment(`m${next}`, first.firstVersion, last.lastVersion)
      return applyBoth(acting, { put: {}, dropSegmentIds: merged.map(({ id }) => id), putSegments: [one] })
    }
    case 'repeat': {
      const applied = [...model.applied].at(-1 - step.which)
      if (!applied) return
      const [applyId, version] = applied
      const again = await graph.apply({ put: {} }, { applyId, expect: { version: 0 }, generation: 'again' })
      assert.deepEqual([again.changed, again.head.version], [false, version])
      return
    }
    case 'stale': {
      const head = await graph.head()
      const expect = { ...head, version: head.version + step.behind }
      const put = { senses: ids.map((id) => build.senses(`stale ${id}`)) }
      await rejectsWithCode('CONFLICT', () => graph.apply({ put }, { applyId: 'stale', expect, generation: 'stale' }))
      return
    }
    case 'erase': {
      const gone = tenants.filter((each) => each === acting || (step.all && each.scope.userId === acting.scope.userId))
      const held = gone.filter((each) => each.model.version > 0).length
      const receipt = await (step.all ? store.user(acting.scope.userId) : graph).erase()
      assert.equal(receipt.memories, held)
      for (const each of gone) each.model = memoryModel()
      return
    }
  }
}

async function applyBoth(acting: Tenant, changes: GraphChanges): Promise<void> {
  const { graph, model } = acting
  // The same applyIds in every tenant.
  const applyId = `apply ${model.version}`
  const generation = `g${model.version % 3}`
  const { head, changed } = await graph.apply(changes, { applyId, expect: await graph.head(), generation })
  assert.equal(changed, true)
  modelApply(model, changes, applyId, generation)
  if (head.version === 1) assert.notEqual(head.incarnation, acting.incarnation, 'a memory that begins anew is another incarnation')
  else assert.equal(head.incarnation, acting.incarnation)
  acting.incarnation = head.incarnation
}

async function checkAgainstModel({ graph, model, incarnation }: Tenant): Promise<void> {
  const { version, generation } = model
  assert.deepEqual(await graph.head(), version === 0 ? { version } : { incarnation, version, generation })
  for (const kind of kinds) {
    const records = modelRecords(model, kind)
    assert.deepEqual(await collect(graph.scan(kind)), records, kind)
    const known = new Map(records.map((record) => [record.id, record]))
    assert.deepEqual(
      await graph.get(kind, ids),
      ids.flatMap((id) => known.get(id) ?? []),
      kind,
    )
  }
  assert.deepEqual(await graph.sensesOfBlocks(['block']), modelRecords(model, 'senses'))
  const counts = await graph.count()
  assert.deepEqual(
    recordKinds.map((kind) => counts[kind]),
    recordKinds.map((kind) => model.records.get(kind)?.size),
  )
  const segments = modelSegments(model)
  assert.deepEqual(
    (await graph.segmentInfos()).map(({ id }) => id),
    segments.map(({ id }) => id),
  )
  const since = Math.floor(version / 2)
  const later = segments.filter(({ lastVersion }) => lastVersion > since)
  assert.deepEqual(
    (await collect(graph.segments(since))).map(({ id }) => id),
    later.map(({ id }) => id),
  )
}

function variantOf(kind: RecordKind, id: string, number: number, variant: number): ReturnType<(typeof build)[RecordKind]> {
  if (kind === 'episodes') return build.episodes(id, { text: `${number} says ${variant}` })
  if (kind === 'senses') return build.senses(id, { key: `${number} ${variant}` })
  return build.facts(id, { predicate: `p_${number}_${variant}` })
}
