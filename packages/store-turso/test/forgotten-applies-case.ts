import assert from 'node:assert/strict'
import type { StoreCase } from '@graphmem/testkit'
import { write } from './write.ts'

/** Beyond what the kit asks of all stores: this one forgets old applies in the apply itself, and only those of the memory. */
export const forgottenAppliesCase: StoreCase = {
  id: 'turso-forgotten-applies',
  theme: 'apply',
  behaviour: "a memory forgets its applies after a thousand others, and nobody else's",
  async run({ graph, store, scopes }) {
    const others = [store.open(scopes.sibling), store.open(scopes.other)]
    for (const other of others) await write(other, {}, 'once')
    await write(graph, {}, 'once')
    let { head } = await write(graph, {}, 'twice')
    while (head.version < 1001) head = (await graph.apply({ put: {} }, { applyId: `${head.version}`, expect: head, generation: 'g' })).head
    for (const other of others) assert.equal((await write(other, {}, 'once')).changed, false)
    assert.equal((await write(graph, {}, 'twice')).changed, false)
    assert.equal((await write(graph, {}, 'once')).changed, true)
  },
}
