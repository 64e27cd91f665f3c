import assert from 'node:assert/strict'
import { scope } from '@graphmem/core/spec'
import type { StoreCase } from '@graphmem/testkit'
import { write } from '@graphmem/testkit'

/** What the kit leaves open, because no store need keep its applies in a table. Both end with what others have remembered. */
export const appliesCases: readonly StoreCase[] = [
  {
    id: 'turso-applies-erased',
    theme: 'apply',
    behaviour: 'an erasure forgets the applies of what it erases, and no others',
    async run({ graph, store, scopes }) {
      const [sibling, other] = [store.open(scopes.sibling), store.open(scopes.other)]
      for (const each of [graph, sibling, other]) await write(each, {}, { applyId: 'once' })
      await graph.erase()
      for (const each of [sibling, other]) assert.equal((await write(each, {}, { applyId: 'once' })).changed, false)
      await store.user(scopes.own.userId).erase()
      assert.equal((await write(sibling, {}, { applyId: 'once' })).changed, true)
      assert.equal((await write(other, {}, { applyId: 'once' })).changed, false)
    },
  },
  {
    id: 'turso-applies-forgotten',
    theme: 'apply',
    behaviour: "a memory forgets its applies after a thousand others, and nobody else's",
    async run({ graph, store, scopes }) {
      const others = [store.open(scopes.sibling), store.open(scopes.other), store.open(scope({ userId: 'zoe', memoryId: 'z' }))]
      for (const other of others) await write(other, {}, { applyId: 'once' })
      await write(graph, {}, { applyId: 'once' })
      let { head } = await write(graph, {}, { applyId: 'twice' })
      while (head.version < 1001)
        head = (await graph.apply({ put: {} }, { applyId: `${head.version}`, expect: head, generation: 'g' })).head
      for (const other of others) assert.equal((await write(other, {}, { applyId: 'once' })).changed, false)
      assert.equal((await write(graph, {}, { applyId: 'twice' })).changed, false)
      assert.equal((await write(graph, {}, { applyId: 'once' })).changed, true)
    },
  },
]
