import { type GraphStore, recordKinds, type Scope } from '@graphmem/core/spec'
import fc from 'fast-check'
import { type CreateStore, createStore } from '../create-store.ts'
import { hostileIds } from '../hostile-ids.ts'
import { confusableScopes } from './confusable-scopes.ts'
import type { IsolationReport, ProbeOptions } from './isolation-report.ts'
import type { Judge } from './judge.ts'
import { runTales } from './run-tales.ts'
import { type StoreActName, storeActs } from './store-acts.ts'
import { everyStoreRead, type StoreReadName, storeReads } from './store-reads.ts'
import { contentOf, type StoreTenant, storeTenant, writeAs } from './store-tenant.ts'
import { asText, told } from './told.ts'
import { wideningTexts } from './widening-texts.ts'

type Door = { readonly read: StoreReadName } | { readonly act: StoreActName }

interface Step {
  readonly by: number
  readonly of: number
  readonly door: Door
  readonly pick: number
  readonly widening: readonly string[]
}

interface Tale {
  readonly scopes: readonly Scope[]
  readonly ids: readonly string[]
  readonly steps: readonly Step[]
}

/** How often each is tried. Reads are cheap everywhere; erasures take what the next attempts are about. */
const reads: Readonly<Record<StoreReadName, number>> = {
  ...{ get: 12, scan: 4, episodesOfKeys: 6, sensesOfBlocks: 6, segmentInfos: 2, segments: 4 },
  ...{ head: 2, count: 3, list: 2, reopened: 2, changedScope: 2 },
}
const acts: Readonly<Record<StoreActName, number>> = {
  ...{ put: 2, remove: 1, retire: 1, drop: 1, applyId: 1, conflict: 1, erase: 1, eraseUser: 1, atOnce: 1, noUser: 1 },
}

const door: fc.Arbitrary<Door> = fc.oneof(
  ...Object.entries(reads).map(([read, weight]) => ({ weight, arbitrary: fc.constant({ read: read as StoreReadName }) })),
  ...Object.entries(acts).map(([act, weight]) => ({ weight, arbitrary: fc.constant({ act: act as StoreActName }) })),
)

const tales: fc.Arbitrary<Tale> = fc.record({
  scopes: confusableScopes,
  ids: fc.uniqueArray(fc.constantFrom(...hostileIds), { minLength: 2, maxLength: 6 }),
  steps: fc.array(
    fc.record({
      by: fc.nat(3),
      of: fc.nat(2),
      door,
      pick: fc.nat(1000),
      widening: fc.uniqueArray(fc.constantFrom(...wideningTexts), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 200, size: 'max' },
  ),
})

/**
 * Lets two to four tenants of a store, whose ids are easily taken for one another, try to see, change or infer what belongs to the others, by
 * every method there is and with the others' own ids, keys, blocks, heads, versions and applyIds. Every answer has to be, to the byte, what a
 * tenant would be told who is alone, which a model in plain maps says; and each time the owner, asking the same, has to find it.
 */
export async function probeIsolation(create: CreateStore, options: ProbeOptions): Promise<IsolationReport> {
  return runTales(
    {
      tales,
      async open() {
        const { store, cleanup } = await createStore(create)
        return {
          store,
          async [Symbol.asyncDispose]() {
            await store[Symbol.asyncDispose]()
            await cleanup?.()
          },
        }
      },
      play: ({ store }, tale, judge) => play(store, tale, judge),
    },
    options,
  )
}

async function play(store: GraphStore, { scopes, ids, steps }: Tale, judge: Judge): Promise<void> {
  const tenants = scopes.map((scope) => storeTenant(store, scope))
  const at = (place: number) => tenants[place % tenants.length] as StoreTenant
  for (const { by, of, door, pick, widening } of steps) {
    const intruder = at(by)
    const owner = at(by + 1 + (of % (tenants.length - 1)))
    const own = ids.filter((_, place) => (pick + place) % 3 > 0)
    for (const [tenant, some] of [
      [owner, own],
      [intruder, ids.slice(0, 1)],
    ] as const) {
      if (!holdsLittle(tenant)) continue
      judge.note(`${tenant.name}: write ${JSON.stringify(some)}`)
      await writeAs(tenant, contentOf(tenant, some))
    }
    const attempt = { intruder, owner, all: tenants, judge, pick, beside: [...widening, ...ids.slice(0, 2)] }
    if ('act' in door) {
      await storeActs[door.act](attempt)
      continue
    }
    const read = storeReads[door.read](attempt)
    const [held, alone] = [asText(read.alone(owner, tenants)), asText(read.alone(intruder, tenants))]
    // Where both are to be told the same, nothing is shown.
    if (held === alone) continue
    judge.note(`${intruder.name}, then ${owner.name}: ${read.text}`)
    judge.alone(read.door, await told(() => read.make(intruder)), alone)
    judge.found(read.door, await told(() => read.make(owner)), held)
    judge.count(read.door)
  }
  for (const tenant of tenants) {
    for (const make of everyStoreRead) {
      const read = make({ owner: tenant, pick: 0, beside: [] })
      judge.note(`${tenant.name}: ${read.text}`)
      judge.alone('all that is left', await told(() => read.make(tenant)), asText(read.alone(tenant, tenants)))
    }
    if (tenant.model.version > 0) judge.count('all that is left')
  }
  for (const userId of new Set(scopes.map((scope) => scope.userId))) await store.user(userId).erase()
}

function holdsLittle({ model }: StoreTenant): boolean {
  return model.segments.size === 0 || recordKinds.some((kind) => model.records.get(kind)?.size === 0)
}
