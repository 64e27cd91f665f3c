import assert from 'node:assert/strict'
import { type Scope, scope, type UserId } from '@graphmem/core/spec'
import { build } from '../record-builders.ts'
import { rejectsWithCode } from '../rejections.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const scopeCases: readonly StoreCase[] = themed('scopes', [
  {
    id: 'scope-of-graph',
    behaviour: 'an open memory says whose it is, as it was asked for',
    async run({ graph, scopes }) {
      assert.deepEqual({ ...graph.scope }, { ...scopes.own })
    },
  },
  {
    id: 'scope-by-value',
    behaviour: 'a scope is known by its value, whichever copy of the library made it',
    async run({ store, scopes, graph }) {
      await write(graph, { put: { senses: [build.senses('s1')] } })
      const lookAlike = { userId: scopes.own.userId, memoryId: scopes.own.memoryId } as Scope
      assert.deepEqual(await store.open(lookAlike).get('senses', ['s1']), [build.senses('s1')])
      assert.deepEqual(await store.user(`${scopes.own.userId}` as UserId).list(), [scopes.own.memoryId])
    },
  },
  {
    id: 'scope-invalid',
    behaviour: 'what is no scope is refused where it is opened',
    async run({ store }) {
      const good = 'alice'
      const bad: readonly unknown[] = [
        undefined,
        null,
        '',
        0,
        7,
        {},
        [good],
        'a\u0000b',
        'a\nb',
        '\u0085',
        '\ud800',
        'x'.repeat(257),
        '日'.repeat(86),
      ]
      for (const id of bad) {
        const what = `the id ${JSON.stringify(id)}`.slice(0, 60)
        await rejectsWithCode('SCOPE_INVALID', () => store.open({ userId: id, memoryId: good } as unknown as Scope), what)
        await rejectsWithCode('SCOPE_INVALID', () => store.open({ userId: good, memoryId: id } as unknown as Scope), what)
        await rejectsWithCode('SCOPE_INVALID', () => store.user(id as UserId), what)
      }
      for (const none of [undefined, null, good, {}, []]) {
        await rejectsWithCode('SCOPE_INVALID', () => store.open(none as unknown as Scope), `the scope ${JSON.stringify(none)}`)
      }
    },
  },
  {
    id: 'scope-changed-afterwards',
    behaviour: 'changing the object that a memory was opened with does not change which memory it is',
    async run({ store, scopes, graph }) {
      await write(graph, { put: { senses: [build.senses('s1')] } })
      await write(store.open(scopes.other), { put: { senses: [build.senses('s1', { key: 'of the other' })] } })
      const changing = { ...scopes.own } as { userId: string; memoryId: string }
      const opened = store.open(changing as Scope)
      Object.assign(changing, scope(scopes.other))
      assert.deepEqual(await opened.get('senses', ['s1']), [build.senses('s1')])
      assert.equal(opened.scope.userId, scopes.own.userId)
    },
  },
])
