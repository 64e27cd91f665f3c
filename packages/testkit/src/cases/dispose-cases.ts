import { build } from '../record-builders.ts'
import { rejectsWithCode } from '../rejections.ts'
import { storeCalls } from '../store-calls.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const disposeCases: readonly StoreCase[] = themed('dispose', [
  {
    id: 'dispose-closes-handles',
    behaviour: 'after the store was disposed of every call of a handle that was open fails with CLOSED',
    async run({ store, scopes, graph }) {
      await write(graph, { put: { senses: [build.senses('s1')] } })
      const calls = storeCalls(store, scopes.own)
      await store[Symbol.asyncDispose]()
      for (const { name, make } of calls) await rejectsWithCode('CLOSED', () => make(), name)
    },
  },
  {
    id: 'dispose-closes-store',
    behaviour: 'after the store was disposed of nothing can be reached through it any more',
    async run({ store, scopes }) {
      await store[Symbol.asyncDispose]()
      await rejectsWithCode('CLOSED', async () => store.open(scopes.own).head(), 'head')
      await rejectsWithCode('CLOSED', async () => write(store.open(scopes.own), { put: {} }, { expect: { version: 0 } }), 'apply')
      await rejectsWithCode('CLOSED', async () => store.user(scopes.own.userId).list(), 'list of a user')
    },
  },
  {
    id: 'dispose-twice',
    behaviour: 'a store may be disposed of twice, and unused',
    async run({ store, scopes }) {
      await store[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      await rejectsWithCode('CLOSED', async () => store.open(scopes.own).head(), 'head')
    },
  },
])
