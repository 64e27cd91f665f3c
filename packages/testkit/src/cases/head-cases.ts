import assert from 'node:assert/strict'
import { build } from '../record-builders.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const headCases: readonly StoreCase[] = themed('head', [
  {
    id: 'head-of-empty-memory',
    behaviour: 'a memory that holds nothing is at version 0, without incarnation or generation',
    async run({ graph }) {
      assert.deepEqual(await graph.head(), { version: 0 })
    },
  },
  {
    id: 'head-after-apply',
    behaviour: 'an apply answers with the new head, and the memory is there',
    async run({ graph }) {
      const { head, changed } = await write(graph, { put: { senses: [build.senses('s1')] } }, { generation: 'model-7' })
      assert.equal(changed, true)
      assert.ok(head.incarnation, 'a memory that holds something has an incarnation')
      assert.deepEqual(head, { incarnation: head.incarnation, version: 1, generation: 'model-7' })
      assert.deepEqual(await graph.head(), head)
    },
  },
  {
    id: 'head-counts-applies',
    behaviour: 'each apply raises the version by one, keeps the incarnation and sets the generation',
    async run({ graph }) {
      const first = await write(graph, { put: { senses: [build.senses('s1')] } }, { generation: 'a' })
      const second = await write(graph, { put: { facts: [build.facts('f1'), build.facts('f2')] } }, { generation: 'b' })
      const third = await write(graph, { remove: { facts: ['f1'] } }, { generation: 'c' })
      const { incarnation } = first.head
      assert.deepEqual(second.head, { incarnation, version: 2, generation: 'b' })
      assert.deepEqual(third.head, { incarnation, version: 3, generation: 'c' })
      assert.deepEqual(await graph.head(), third.head)
    },
  },
  {
    id: 'head-of-empty-apply',
    behaviour: 'an apply that writes nothing counts as one',
    async run({ graph }) {
      await write(graph, { put: { senses: [build.senses('s1')] } })
      const { head, changed } = await write(graph, { put: {} })
      assert.deepEqual([head.version, changed], [2, true])
    },
  },
  {
    id: 'head-incarnations-differ',
    behaviour: 'no two memories share an incarnation',
    async run({ store, scopes }) {
      const heads = []
      for (const scope of [scopes.own, scopes.sibling, scopes.other]) {
        heads.push((await write(store.open(scope), { put: { senses: [build.senses('s1')] } })).head.incarnation)
      }
      assert.equal(new Set(heads).size, 3)
    },
  },
  {
    id: 'head-of-two-handles',
    behaviour: 'two handles of one memory see what either writes',
    async run({ store, scopes, graph }) {
      const again = store.open(scopes.own)
      assert.deepEqual(await again.head(), { version: 0 })
      const { head } = await write(graph, { put: { senses: [build.senses('s1')] } })
      assert.deepEqual(await again.head(), head)
      assert.deepEqual(await again.get('senses', ['s1']), [build.senses('s1')])
    },
  },
])
