import type { Cache, CacheKind, Scope } from '@graphmem/core/spec'
import fc from 'fast-check'
import type { CreateCache } from '../cache-case.ts'
import { type CacheActName, type CacheTenant, cacheActs, cacheTenant, keepAs, untouched } from './cache-acts.ts'
import { confusableScopes } from './confusable-scopes.ts'
import type { IsolationReport, ProbeOptions } from './isolation-report.ts'
import type { Judge } from './judge.ts'
import { runTales } from './run-tales.ts'

interface Tale {
  readonly scopes: readonly Scope[]
  readonly steps: readonly {
    readonly by: number
    readonly of: number
    readonly act: CacheActName
    readonly kind: CacheKind
    readonly key: string
  }[]
}

const act = fc.oneof(
  ...Object.entries({ get: 8, put: 4, ticket: 2, erase: 2, eraseUser: 2, atOnce: 1 }).map(([name, weight]) => ({
    weight,
    arbitrary: fc.constant(name as CacheActName),
  })),
)

const tales: fc.Arbitrary<Tale> = fc.record({
  scopes: confusableScopes,
  steps: fc.array(
    fc.record({
      by: fc.nat(3),
      of: fc.nat(2),
      act,
      kind: fc.constantFrom<CacheKind>('query', 'search'),
      key: fc.constantFrom('k', 'k2', 'k23', '2', 'query', 'keys'),
    }),
    { minLength: 1, maxLength: 200, size: 'max' },
  ),
})

/**
 * As `probeIsolation`, for a cache: two to four tenants try to find, replace, forge or erase what is kept for the others, with their keys and
 * tickets. Each finds what it put itself, and nothing else.
 */
export async function probeCacheIsolation(create: CreateCache, options: ProbeOptions): Promise<IsolationReport> {
  return runTales(
    {
      tales,
      async open() {
        const { cache, cleanup } = await create()
        return {
          cache,
          async [Symbol.asyncDispose]() {
            await cache[Symbol.asyncDispose]()
            await cleanup?.()
          },
        }
      },
      play: ({ cache }, tale, judge) => play(cache, tale, judge),
    },
    options,
  )
}

async function play(cache: Cache, { scopes, steps }: Tale, judge: Judge): Promise<void> {
  const tenants = scopes.map((scope) => cacheTenant(cache, scope))
  const at = (place: number) => tenants[place % tenants.length] as CacheTenant
  for (const { by, of, act, kind, key } of steps) {
    const intruder = at(by)
    const owner = at(by + 1 + (of % (tenants.length - 1)))
    if (!owner.kept.has(`${kind} ${key}`)) {
      judge.note(`${owner.name}: put ${kind} ${key}`)
      await keepAs(owner, kind, key)
    }
    await cacheActs[act]({ intruder, owner, all: tenants, kind, key, judge })
  }
  for (const tenant of tenants) {
    await untouched({ judge, kind: 'query', key: 'k' }, 'all that is left', tenant)
    if (tenant.kept.size > 0) judge.count('all that is left')
  }
  for (const userId of new Set(scopes.map((scope) => scope.userId))) await cache.user(userId).erase()
}
