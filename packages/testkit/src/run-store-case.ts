import assert from 'node:assert/strict'
import { type GraphStore, type Scope, scope } from '@graphmem/core/spec'
import { type CreateStore, createStore } from './create-store.ts'
import { hostileScopes } from './hostile-ids.ts'
import { noisyNeighbour } from './noisy-neighbour.ts'
import type { CaseScopes, StoreCase } from './store-case.ts'

/** `alone`: nobody else is in the store. `beside`: others write and erase between the steps, and the case's own ids are hostile. */
export type RunMode = 'alone' | 'beside'

/** Runs one case on a fresh store. Rejects when it fails. */
export async function runStoreCase(storeCase: StoreCase, create: CreateStore, mode: RunMode): Promise<'passed' | 'skipped'> {
  const { store: created, reopen, cleanup } = await createStore(create)
  const stores = [created]
  const neighbour = noisyNeighbour()
  const beside = (store: GraphStore) => (mode === 'beside' ? neighbour.beside(store) : store)
  try {
    if (storeCase.requires?.some((capability) => !created.capabilities[capability])) return 'skipped'
    const store = beside(created)
    const scopes = caseScopes(storeCase, mode)
    await storeCase.run({
      store,
      scopes,
      graph: store.open(scopes.own),
      async reopen() {
        const claimsData = created.capabilities.durable || created.capabilities.multiProcess
        assert.ok(reopen ?? !claimsData, `\`create\` gives a \`reopen\`, without which "${storeCase.behaviour}" cannot be shown`)
        const again = reopen ? await reopen() : (await createStore(create)).store
        stores.push(again)
        return beside(again)
      },
    })
    await neighbour.checkUntouched()
    return 'passed'
  } finally {
    for (const store of stores) await store[Symbol.asyncDispose]()
    await cleanup?.()
  }
}

/** The memories of a case: plain when it is alone, one of the hostile ones, always the same, beside a neighbour. */
export function caseScopes(storeCase: Pick<StoreCase, 'id'>, mode: RunMode): CaseScopes {
  const own = mode === 'alone' ? scope({ userId: 'alice', memoryId: 'chat' }) : hostileScopeOf(storeCase.id)
  return {
    own,
    sibling: scope({ userId: own.userId, memoryId: 'notes' }),
    other: scope({ userId: 'bob', memoryId: own.memoryId }),
  }
}

function hostileScopeOf(caseId: string): Scope {
  const number = [...caseId].reduce((sum, character) => sum + character.charCodeAt(0), 0)
  return hostileScopes[number % hostileScopes.length] as Scope
}
