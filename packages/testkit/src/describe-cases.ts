import type { CacheCase } from './cache-case.ts'
import { cacheCases } from './cache-cases.ts'
import { graphStoreCases } from './graph-store-cases.ts'
import { caseScopes, type RunMode } from './run-store-case.ts'
import type { StoreCase } from './store-case.ts'

/** What a binding registers, one test each. */
export interface DescribedCase {
  readonly title: string
  readonly storeCase: StoreCase
  readonly mode: RunMode
}

/** Every case, alone and beside a noisy neighbour. */
export function describedCases(): readonly DescribedCase[] {
  return graphStoreCases.flatMap((storeCase) => {
    const { own } = caseScopes(storeCase, 'beside')
    const title = `${storeCase.theme}: ${storeCase.behaviour} [${storeCase.id}]`
    const ids = [own.userId, own.memoryId].map((id) => JSON.stringify(id.length > 40 ? `${id.slice(0, 40)}…` : id)).join('/')
    return [
      { title, storeCase, mode: 'alone' as const },
      { title: `${title} beside a noisy neighbour, as ${ids}`, storeCase, mode: 'beside' as const },
    ]
  })
}

/** The same for caches. */
export function describedCacheCases(): readonly { readonly title: string; readonly cacheCase: CacheCase; readonly mode: RunMode }[] {
  return cacheCases.flatMap((cacheCase) => {
    const title = `${cacheCase.behaviour} [${cacheCase.id}]`
    return [
      { title, cacheCase, mode: 'alone' as const },
      { title: `${title} beside a noisy neighbour`, cacheCase, mode: 'beside' as const },
    ]
  })
}

/** Time for one case on a slow database. No case asserts a time. */
export const caseTimeoutMs = 120_000
