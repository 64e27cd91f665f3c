import assert from 'node:assert/strict'
import { recordKinds } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import { build, numberedIds, oneOfEach } from '../record-builders.ts'
import { sameList } from '../same-list.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const removeCases: readonly StoreCase[] = themed('remove', [
  {
    id: 'remove-each-kind',
    behaviour: 'a removed record of any kind is in no read, and nothing else goes with it',
    async run({ graph }) {
      for (const kind of recordKinds) {
        await write(graph, { put: oneOfEach('r1') })
        await write(graph, { put: oneOfEach('r2') })
        await write(graph, { remove: { [kind]: ['r1'] } })
        for (const each of recordKinds) {
          const left = each === kind ? oneOfEach('r2')[each] : [...oneOfEach('r1')[each], ...oneOfEach('r2')[each]]
          sameList(await graph.get(each, ['r1', 'r2']), left, `${each}, when one of the ${kind} is removed`)
          sameList(await collect(graph.scan(each)), left, `${each}, when one of the ${kind} is removed`)
        }
      }
    },
  },
  {
    id: 'remove-leaves-lookups',
    behaviour: 'a removed episode or sense is no longer found by its key or block',
    async run({ graph }) {
      await write(graph, { put: { ...oneOfEach('r1'), senses: [build.senses('r1'), build.senses('r2')] } })
      await write(graph, { remove: { episodes: ['r1'], senses: ['r1'] } })
      sameList(await graph.episodesOfKeys(['key of r1']), [])
      sameList(await graph.sensesOfBlocks(['block']), [build.senses('r2')])
    },
  },
  {
    id: 'remove-unknown',
    behaviour: 'removing what is not there does nothing',
    async run({ graph }) {
      await write(graph, { put: oneOfEach('r1') })
      await write(graph, { remove: { episodes: ['r9', 'R1', 'r', 'r%', 'r_'], senses: [], facts: ['r9'] } })
      for (const kind of recordKinds) sameList(await graph.get(kind, ['r1']), oneOfEach('r1')[kind], kind)
    },
  },
  {
    id: 'remove-then-put',
    behaviour: 'an id that was removed may be put anew, with other content',
    async run({ graph }) {
      await write(graph, { put: { episodes: [build.episodes('e1', { text: 'Before.', key: 'before' })] } })
      await write(graph, { retire: { episodeIds: ['e1'], at: 10 } })
      await write(graph, { remove: { episodes: ['e1'] } })
      const after = build.episodes('e1', { text: 'After.', key: 'after' })
      await write(graph, { put: { episodes: [after] } })
      sameList(await graph.get('episodes', ['e1']), [after])
      sameList(await graph.episodesOfKeys(['before', 'after']), [after])
    },
  },
  {
    id: 'remove-thousands',
    behaviour: 'thousands of records are removed in one apply',
    async run({ graph }) {
      const ids = numberedIds(3000)
      await write(graph, { put: { senses: ids.map((id) => build.senses(id)), facts: ids.map((id) => build.facts(id)) } })
      await write(graph, { remove: { senses: ids.slice(0, -1) } })
      sameList(await collect(graph.scan('senses')), [build.senses('id-02999')])
      assert.equal((await graph.count()).facts, 3000)
    },
  },
])
