import { type RecordKind, recordKinds, type Scope } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import { memoryModel, modelRecords, modelSegments } from '../model/memory-model.ts'
import type { Judge } from './judge.ts'
import { type Aim, everyStoreRead, type StoreRead, storeReads } from './store-reads.ts'
import { appliedAs, contentOf, headOf, type StoreTenant, unusedApplyId, writeAs } from './store-tenant.ts'
import { asText, told } from './told.ts'

/** Who does what to whom, and who else is there. */
export interface Attempt extends Aim {
  readonly intruder: StoreTenant
  readonly all: readonly StoreTenant[]
  readonly judge: Judge
}

export type StoreActName = 'put' | 'remove' | 'retire' | 'drop' | 'applyId' | 'conflict' | 'erase' | 'eraseUser' | 'atOnce' | 'noUser'

/**
 * Writes under what belongs to somebody else. Each is answered as if nobody else were there, changes nothing of the owner's, and then the owner
 * does the same, and it takes effect.
 */
export const storeActs: Readonly<Record<StoreActName, (attempt: Attempt) => Promise<void>>> = {
  async put(attempt) {
    const { intruder, owner, judge, pick } = attempt
    const kind = recordKinds[pick % recordKinds.length] as RecordKind
    const read = storeReads.get(attempt)
    const id = heldId(owner, kind, pick)
    await write(
      attempt,
      'put',
      intruder,
      `put ${kind} ${JSON.stringify(id)}`,
      () => contentOf(intruder, [id], [kind]),
      borrowedApplyId(attempt),
    )
    await unchanged(attempt, 'put', intruder, [read])
    await unchanged(attempt, 'put', owner, [read, storeReads.segments({ ...attempt, pick: 0 })])
    judge.count('put')
  },
  async remove(attempt) {
    const { owner, pick, beside } = attempt
    const kind = recordKinds[pick % recordKinds.length] as RecordKind
    const ids = [...new Set([...beside, heldId(owner, kind, pick)])]
    const reads = [storeReads.get(attempt), storeReads.count(attempt)]
    const changes = { put: {}, remove: { [kind]: ids } }
    await bothWrite(attempt, 'remove', `remove ${kind} ${JSON.stringify(ids)}`, changes, reads)
  },
  async retire(attempt) {
    const { owner, pick, beside } = attempt
    const kept = (owner.model.records.get('episodes') ?? new Map()).keys()
    const episodeIds = [...new Set([...beside, ...kept])]
    const reads = [storeReads.scan({ ...attempt, pick: 0 })]
    await bothWrite(attempt, 'retire', `retire ${JSON.stringify(episodeIds)}`, { put: {}, retire: { episodeIds, at: 1 + pick } }, reads)
  },
  async drop(attempt) {
    const { owner, pick, beside } = attempt
    const held = modelSegments(owner.model)
    const ids = [...new Set([...beside, held[pick % held.length]?.id ?? ''])]
    const changes = { put: {}, dropSegmentIds: ids }
    await bothWrite(attempt, 'drop', `drop segments ${JSON.stringify(ids)}`, changes, [storeReads.segments({ ...attempt, pick: 0 })])
  },
  async applyId(attempt) {
    const { intruder, owner, judge } = attempt
    if (!borrowedApplyId(attempt)) await writeAs(owner, contentOf(owner, ['a']), `apply of ${owner.name} ${owner.writes}`)
    const applyId = borrowedApplyId(attempt) ?? ''
    await write(attempt, 'applyId', intruder, 'write', () => contentOf(intruder, ['a']), applyId)
    judge.note(`${owner.name}: the same write again, as ${JSON.stringify(applyId)}`)
    const again = await told(async () => {
      const { head, changed } = await owner.graph.apply({ put: {} }, { applyId, expect: { version: 0 }, generation: 'again' })
      return [head.version, changed]
    })
    judge.found('applyId', again, asText([owner.model.applied.get(applyId), false]))
    judge.count('applyId')
  },
  async conflict({ intruder, owner, judge, all, pick, beside }) {
    const head = headOf(owner)
    const unknown = { ...head, incarnation: [...(head.incarnation ?? '')].reverse().join('') }
    const put = { senses: contentOf(intruder, ['a'], ['senses']).put.senses ?? [] }
    const attempt = (expect: typeof head) =>
      told(() => intruder.graph.apply({ put }, { applyId: 'in conflict', expect, generation: 'in conflict' }))
    judge.note(`${intruder.name}: write, expecting the head of ${owner.name}, and one that nobody has`)
    const refusal = await attempt(unknown)
    judge.found('conflict', String(refusal.includes('"CONFLICT"')), 'true')
    judge.alone('conflict', await attempt(head), refusal)
    const own = { intruder, owner, judge, all, pick, beside }
    await unchanged(own, 'conflict', intruder, [storeReads.head(own), storeReads.scan({ ...own, pick: 2 })])
    await write(own, 'conflict', owner, 'write, expecting its own head', () => contentOf(owner, ['a'], ['senses']))
    judge.count('conflict')
  },
  async erase(attempt) {
    const { intruder, owner, judge } = attempt
    for (const tenant of [intruder, owner]) {
      await erase(attempt, 'erase', tenant, [tenant], () => tenant.graph.erase())
      await unchanged(
        attempt,
        'erase',
        tenant === intruder ? owner : intruder,
        everyStoreRead.map((make) => make({ ...attempt, pick: 0 })),
      )
    }
    judge.count('erase')
  },
  async eraseUser(attempt) {
    const { intruder, owner, all, judge } = attempt
    if (intruder.scope.userId === owner.scope.userId) return
    for (const { scope, store } of [intruder, owner]) {
      const gone = all.filter((each) => each.scope.userId === scope.userId)
      await erase(attempt, 'eraseUser', gone[0] ?? intruder, gone, () => store.user(scope.userId).erase())
      const other = scope.userId === intruder.scope.userId ? owner : intruder
      await unchanged(
        attempt,
        'eraseUser',
        other,
        everyStoreRead.map((make) => make({ ...attempt, pick: 0 })),
      )
    }
    judge.count('eraseUser')
  },
  async noUser(attempt) {
    const { owner, judge } = attempt
    const { userId, memoryId } = owner.scope
    for (const ids of [{ memoryId }, { userId }, { userId: '', memoryId }, { userId, memoryId: '' }, { userId: null, memoryId }]) {
      judge.note(`whoever: opens ${JSON.stringify(ids)}`)
      const answer = await told(async () => collect(owner.store.open(ids as Scope).scan('senses')))
      judge.alone('noUser', String(answer.includes('"SCOPE_INVALID"')), 'true')
    }
    const read = storeReads.scan({ ...attempt, pick: 2 })
    judge.found('noUser', await told(() => read.make(owner)), asText(read.alone(owner, [owner])))
    judge.count('noUser')
  },
  async atOnce(attempt) {
    const { all, judge } = attempt
    judge.note('everyone: a write and reads, all at once')
    await Promise.all(
      all.map(async (tenant) => {
        judge.alone('atOnce', await told(async () => changedOf(await writeAs(tenant, contentOf(tenant, ['a', 'at once'])))), 'true')
        const reads = [storeReads.get, storeReads.sensesOfBlocks, storeReads.segments, storeReads.count]
        const aim = { owner: tenant, pick: attempt.pick, beside: [...attempt.beside, 'a', 'at once'] }
        await Promise.all(
          reads.map(async (make) => {
            const read = make(aim)
            judge.alone('atOnce', await told(() => read.make(tenant)), asText(read.alone(tenant, all)))
          }),
        )
        judge.count('atOnce')
      }),
    )
  },
}

function heldId({ model }: StoreTenant, kind: RecordKind, pick: number): string {
  const held = modelRecords(model, kind)
  return held[pick % held.length]?.id ?? ''
}

/** One that the owner has used, and the intruder has not. */
function borrowedApplyId({ intruder, owner }: Attempt): string | undefined {
  return [...owner.model.applied.keys()].reverse().find((applyId) => !intruder.model.applied.has(applyId))
}

async function write(
  { judge, all }: Attempt,
  door: string,
  tenant: StoreTenant,
  what: string,
  changes: () => Parameters<typeof writeAs>[1],
  applyId = unusedApplyId(tenant),
): Promise<void> {
  judge.note(`${tenant.name}: ${what}, as ${JSON.stringify(applyId)}`)
  const taken = new Set(all.flatMap(({ incarnation }) => incarnation ?? []))
  const isFirst = tenant.model.version === 0
  const answer = await told(async () => JSON.parse(await writeAs(tenant, changes(), applyId)))
  judge.alone(door, answer, asText(JSON.parse(appliedAs(tenant))))
  if (isFirst && taken.has(tenant.incarnation ?? '')) judge.alone(door, 'the incarnation of another memory', 'one of its own')
}

/** The intruder writes, and the owner has what it had; the owner writes the same, and has it no more. */
async function bothWrite(
  attempt: Attempt,
  door: string,
  what: string,
  changes: Parameters<typeof writeAs>[1],
  reads: readonly StoreRead[],
): Promise<void> {
  const { intruder, owner, judge, all } = attempt
  const before = asText(reads.map((read) => read.alone(owner, all)))
  await write(attempt, door, intruder, what, () => changes)
  await unchanged(attempt, door, owner, reads)
  await write(attempt, door, owner, what, () => changes)
  const after = asText(reads.map((read) => read.alone(owner, all)))
  if (before === after) return
  for (const read of reads) judge.found(door, await told(() => read.make(owner)), asText(read.alone(owner, all)))
  await unchanged(attempt, door, intruder, reads)
  judge.count(door)
}

async function erase(
  { judge }: Attempt,
  door: string,
  tenant: StoreTenant,
  gone: readonly StoreTenant[],
  make: () => ReturnType<StoreTenant['graph']['erase']>,
): Promise<void> {
  judge.note(`${tenant.name}: ${door}`)
  const sum = (of: (each: StoreTenant) => number) => gone.reduce((total, each) => total + of(each), 0)
  const expected = {
    memories: sum(({ model }) => (model.version > 0 ? 1 : 0)),
    records: Object.fromEntries(recordKinds.map((kind) => [kind, sum(({ model }) => model.records.get(kind)?.size ?? 0)])),
    segments: sum(({ model }) => model.segments.size),
  }
  const receipt = await told(async () => {
    const { memories, records, segments } = await make()
    return { memories, records, segments }
  })
  judge.alone(door, receipt, asText(expected))
  for (const each of gone) {
    each.model = memoryModel()
    each.incarnation = undefined
    judge.alone(door, await told(() => each.graph.head()), asText({ version: 0 }))
  }
}

async function unchanged({ judge, all }: Attempt, door: string, tenant: StoreTenant, reads: readonly StoreRead[]): Promise<void> {
  for (const read of reads) {
    judge.note(`${tenant.name}: ${read.text}`)
    judge.alone(door, await told(() => read.make(tenant)), asText(read.alone(tenant, all)))
  }
}

function changedOf(applied: string): boolean {
  return (JSON.parse(applied) as { readonly changed: boolean }).changed
}
