import assert from 'node:assert/strict'
import { recordKinds } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import { build, numberedIds, oneOfEach } from '../record-builders.ts'
import { sameList } from '../same-list.ts'
import type { StoreCase } from '../store-case.ts'
import { byId } from '../utf8-order.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

/** Ids that come in another order when they are compared by locale, without case, as numbers, or by UTF-16 units. */
const unsortedIds = [
  'b',
  'B',
  'a',
  'A',
  '10',
  '9',
  '_',
  '~',
  'é',
  'e\u0301',
  'Z',
  'z',
  ' ',
  'aa',
  'a-b',
  'a b',
  '\u{1f642}',
  '\uff21',
  '\ufffd',
  'ß',
  'ss',
]

export const scanCases: readonly StoreCase[] = themed('scan', [
  {
    id: 'scan-empty',
    behaviour: 'a scan of nothing yields nothing',
    async run({ graph }) {
      for (const kind of recordKinds) sameList(await collect(graph.scan(kind)), [], kind)
    },
  },
  {
    id: 'scan-each-kind',
    behaviour: 'a scan yields all records of its kind, and of no other',
    async run({ graph }) {
      await write(graph, { put: oneOfEach('r1') })
      await write(graph, { put: oneOfEach('r2') })
      for (const kind of recordKinds) {
        sameList(await collect(graph.scan(kind)), [...oneOfEach('r1')[kind], ...oneOfEach('r2')[kind]], kind)
      }
    },
  },
  {
    id: 'scan-order',
    behaviour: 'a scan is in the order of the code points of the ids, whatever the order of writing',
    async run({ graph }) {
      const senses = unsortedIds.map((id) => build.senses(id))
      await write(graph, { put: { senses: senses.slice(0, 9) } })
      await write(graph, { put: { senses: senses.slice(9) } })
      sameList(await collect(graph.scan('senses')), byId(senses))
    },
  },
  {
    id: 'scan-thousands',
    behaviour: 'a scan of thousands yields each record once',
    async run({ graph }) {
      const facts = numberedIds(5000).map((id) => build.facts(id))
      await write(graph, { put: { facts: [...facts].reverse() } })
      sameList(await collect(graph.scan('facts')), facts)
    },
  },
  {
    id: 'scan-beside-applies',
    behaviour: 'a scan goes on while applies come in between, and misses nothing that was there all the time',
    async run({ graph }) {
      const ids = numberedIds(2500)
      await write(graph, { put: { senses: ids.map((id) => build.senses(id)) } })
      const seen: string[] = []
      for await (const { id } of graph.scan('senses')) {
        seen.push(id)
        if (seen.length % 500 !== 1) continue
        const step = `step-${seen.length}`
        await write(graph, { put: { senses: [build.senses(`a-${step}`), build.senses(`id-00700-${step}`), build.senses(`z-${step}`)] } })
        await write(graph, { remove: { senses: [`a-${step}`] } })
      }
      const there = new Set(ids)
      sameList(
        seen.filter((id) => there.has(id)),
        ids,
      )
      sameList(seen, [...new Set(seen)].sort(), 'in order, and none twice')
    },
  },
  {
    id: 'scan-left-early',
    behaviour: 'a scan may be left early, and the memory goes on working',
    async run({ graph }) {
      const ids = numberedIds(1500)
      await write(graph, { put: { senses: ids.map((id) => build.senses(id)) } })
      for (let time = 0; time < 30; time++) {
        for await (const { id } of graph.scan('senses')) {
          assert.equal(id, 'id-00000')
          break
        }
      }
      await write(graph, { put: { senses: [build.senses('later')] } })
      assert.equal((await graph.count()).senses, 1501)
    },
  },
  {
    id: 'scan-two-at-once',
    behaviour: 'scans that run side by side do not disturb each other',
    async run({ graph }) {
      const ids = numberedIds(1200)
      await write(graph, { put: { senses: ids.map((id) => build.senses(id)), facts: ids.map((id) => build.facts(id)) } })
      const first = graph.scan('senses')[Symbol.asyncIterator]()
      const second = graph.scan('facts')[Symbol.asyncIterator]()
      for (const id of ids) {
        assert.equal((await first.next()).value?.id, id)
        assert.equal((await second.next()).value?.id, id)
      }
      assert.deepEqual([(await first.next()).done, (await second.next()).done], [true, true])
    },
  },
])
