import type { Cache, CacheKind, Scope, ScopedCache } from '@graphmem/core/spec'
import { bytesOf } from '../record-builders.ts'
import type { Judge } from './judge.ts'
import { asText, told } from './told.ts'

/** One of those who share a cache, and what is kept for it if nobody else has a hand in it. */
export interface CacheTenant {
  readonly name: string
  readonly scope: Scope
  readonly cache: Cache
  readonly handle: ScopedCache
  readonly kept: Map<string, Uint8Array>
  writes: number
}

export interface CacheAttempt {
  readonly intruder: CacheTenant
  readonly owner: CacheTenant
  readonly all: readonly CacheTenant[]
  readonly kind: CacheKind
  readonly key: string
  readonly judge: Judge
}

export type CacheActName = 'get' | 'put' | 'ticket' | 'erase' | 'eraseUser' | 'atOnce'

const ttlMs = 3_600_000

export function cacheTenant(cache: Cache, scope: Scope): CacheTenant {
  const name = [scope.userId, scope.memoryId].map((id) => JSON.stringify(id)).join('/')
  return { name, scope, cache, handle: cache.open(scope), kept: new Map(), writes: 0 }
}

/** Puts something that nobody else puts. */
export async function keepAs(tenant: CacheTenant, kind: CacheKind, key: string): Promise<void> {
  tenant.writes += 1
  const bytes = bytesOf(`${tenant.name} kept ${tenant.writes}`)
  const { ticket } = await tenant.handle.get(kind, key)
  await tenant.handle.put(kind, key, bytes, { ttlMs, ticket })
  tenant.kept.set(`${kind} ${key}`, bytes)
}

/** Each leaves what the owner has as it is; the owner, doing the same, finds it. */
export const cacheActs: Readonly<Record<CacheActName, (attempt: CacheAttempt) => Promise<void>>> = {
  async get({ intruder, owner, kind, key, judge }) {
    if (asText(keptBy(intruder, kind, key)) === asText(keptBy(owner, kind, key))) return
    judge.note(`${intruder.name}, then ${owner.name}: get ${kind} ${key}`)
    judge.alone('get', await look(intruder, kind, key), asText(keptBy(intruder, kind, key)))
    judge.found('get', await look(owner, kind, key), asText(keptBy(owner, kind, key)))
    judge.count('get')
  },
  async put(attempt) {
    const { intruder, owner, kind, key, judge } = attempt
    judge.note(`${intruder.name}: put ${kind} ${key}`)
    await keepAs(intruder, kind, key)
    judge.alone('put', await look(intruder, kind, key), asText(keptBy(intruder, kind, key)))
    await untouched(attempt, 'put', owner)
    judge.count('put')
  },
  async ticket(attempt) {
    const { intruder, owner, kind, key, judge } = attempt
    judge.note(`${intruder.name}: put ${kind} ${key} on a ticket of ${owner.name}`)
    const { ticket } = await owner.handle.get(kind, key)
    const bytes = bytesOf(`${intruder.name} put this on the ticket of another`)
    await intruder.handle.put(kind, key, bytes, { ttlMs, ticket })
    // Whether it is taken may depend on how a cache makes its tickets; whom it reaches may not.
    const found = await look(intruder, kind, key)
    if (found === asText(bytes)) intruder.kept.set(`${kind} ${key}`, bytes)
    judge.alone('ticket', found, asText(keptBy(intruder, kind, key)))
    await untouched(attempt, 'ticket', owner)
    judge.count('ticket')
  },
  async erase(attempt) {
    const { intruder, owner, judge } = attempt
    for (const [tenant, other] of [
      [intruder, owner],
      [owner, intruder],
    ] as const) {
      judge.note(`${tenant.name}: erase`)
      judge.alone('erase', await told(() => tenant.handle.erase()), String(tenant.kept.size))
      tenant.kept.clear()
      await untouched(attempt, 'erase', tenant)
      await untouched(attempt, 'erase', other)
    }
    judge.count('erase')
  },
  async eraseUser(attempt) {
    const { intruder, owner, all, judge } = attempt
    if (intruder.scope.userId === owner.scope.userId) return
    for (const [tenant, other] of [
      [intruder, owner],
      [owner, intruder],
    ] as const) {
      const gone = all.filter(({ scope: { userId } }) => userId === tenant.scope.userId)
      judge.note(`${tenant.name}: erase all of the user`)
      const count = gone.reduce((sum, { kept }) => sum + kept.size, 0)
      judge.alone('eraseUser', await told(() => tenant.cache.user(tenant.scope.userId).erase()), String(count))
      for (const { kept } of gone) kept.clear()
      await untouched(attempt, 'eraseUser', other)
    }
    judge.count('eraseUser')
  },
  async atOnce({ all, kind, key, judge }) {
    judge.note(`everyone: put ${kind} ${key} and get it, at once`)
    await Promise.all(
      all.map(async (tenant) => {
        await keepAs(tenant, kind, key)
        judge.alone('atOnce', await look(tenant, kind, key), asText(keptBy(tenant, kind, key)))
        judge.count('atOnce')
      }),
    )
  },
}

/** Whether all that a tenant should have is there, and nothing under the key at hand that it should not. */
export async function untouched(
  { judge, kind, key }: Pick<CacheAttempt, 'judge' | 'kind' | 'key'>,
  door: string,
  tenant: CacheTenant,
): Promise<void> {
  for (const each of new Set([...tenant.kept.keys(), `${kind} ${key}`])) {
    const [ofKind = 'query', name = ''] = each.split(' ') as [CacheKind, string]
    judge.note(`${tenant.name}: get ${each}`)
    judge.alone(door, await look(tenant, ofKind, name), asText(keptBy(tenant, ofKind, name)))
  }
}

function keptBy({ kept }: CacheTenant, kind: CacheKind, key: string): Uint8Array | undefined {
  return kept.get(`${kind} ${key}`)
}

function look({ handle }: CacheTenant, kind: CacheKind, key: string): Promise<string> {
  return told(async () => (await handle.get(kind, key)).bytes)
}
