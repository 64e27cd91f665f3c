import { recordKinds } from '@graphmem/core/spec'
import { build, numberedIds, oneOfEach } from '../record-builders.ts'
import { sameList } from '../same-list.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const getCases: readonly StoreCase[] = themed('get', [
  {
    id: 'get-order',
    behaviour: 'records come in the order asked',
    async run({ graph }) {
      const ids = ['s3', 's1', 's2']
      await write(graph, { put: { senses: ['s1', 's2', 's3'].map((id) => build.senses(id)) } })
      sameList(
        await graph.get('senses', ids),
        ids.map((id) => build.senses(id)),
      )
    },
  },
  {
    id: 'get-unknown',
    behaviour: 'ids that are not there are left out',
    async run({ graph }) {
      sameList(await graph.get('senses', ['s1']), [])
      await write(graph, { put: { senses: [build.senses('s1'), build.senses('s2')] } })
      sameList(await graph.get('senses', ['s9', 's2', 's8', 's1', 's7']), [build.senses('s2'), build.senses('s1')])
    },
  },
  {
    id: 'get-nothing',
    behaviour: 'no ids give no records',
    async run({ graph }) {
      await write(graph, { put: oneOfEach('r1') })
      for (const kind of recordKinds) sameList(await graph.get(kind, []), [], kind)
    },
  },
  {
    id: 'get-kinds-apart',
    behaviour: 'records of different kinds with one id are kept apart',
    async run({ graph }) {
      const { chunks, ...others } = oneOfEach('r1')
      await write(graph, { put: others })
      sameList(await graph.get('chunks', ['r1']), [])
      await write(graph, { put: { chunks } })
      for (const kind of recordKinds) sameList(await graph.get(kind, ['r1']), oneOfEach('r1')[kind], kind)
    },
  },
  {
    id: 'get-exact',
    behaviour: 'an id is matched as a whole and as it is written',
    async run({ graph }) {
      await write(graph, { put: { senses: [build.senses('Alpha'), build.senses('10')] } })
      sameList(await graph.get('senses', ['alpha', 'Alph', 'Alpha ', 'Alpha%', 'A_pha', '%', '*', '010', '10.0', '1e1', 'Alpha\u0000']), [])
    },
  },
  {
    id: 'get-thousands',
    behaviour: 'thousands of ids are asked for in one call',
    async run({ graph }) {
      const ids = numberedIds(5000)
      await write(graph, { put: { senses: ids.map((id) => build.senses(id)) } })
      const asked = [...ids].reverse().flatMap((id) => [id, `no-${id}`])
      sameList(
        await graph.get('senses', asked),
        [...ids].reverse().map((id) => build.senses(id)),
      )
    },
  },
])
