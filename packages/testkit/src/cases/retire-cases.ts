import assert from 'node:assert/strict'
import { collect } from '../collect.ts'
import { build, numberedIds, oneOfEach } from '../record-builders.ts'
import { sameList } from '../same-list.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const retireCases: readonly StoreCase[] = themed('retire', [
  {
    id: 'retire-marks',
    behaviour: 'a retired episode says from when, in every read, and is otherwise as it was',
    async run({ graph }) {
      const e1 = build.episodes('e1', { tags: ['kept'], title: 'Kept' })
      const e2 = build.episodes('e2')
      await write(graph, { put: { episodes: [e1, e2] } })
      await write(graph, { retire: { episodeIds: ['e1'], at: 1_800_000_000_000 } })
      const retired = { ...e1, retiredAt: 1_800_000_000_000 }
      sameList(await graph.get('episodes', ['e1', 'e2']), [retired, e2])
      sameList(await collect(graph.scan('episodes')), [retired, e2])
      sameList(await graph.episodesOfKeys([e1.key]), [retired])
    },
  },
  {
    id: 'retire-first-stays',
    behaviour: 'an episode that is already retired stays as it is',
    async run({ graph }) {
      await write(graph, { put: { episodes: [build.episodes('e1'), build.episodes('e2')] } })
      await write(graph, { retire: { episodeIds: ['e1'], at: 10 } })
      await write(graph, { retire: { episodeIds: ['e1', 'e2'], at: 5 } })
      await write(graph, { retire: { episodeIds: ['e1', 'e2'], at: 20 } })
      const episodes = await graph.get('episodes', ['e1', 'e2'])
      assert.deepEqual(
        episodes.map(({ retiredAt }) => retiredAt),
        [10, 5],
      )
    },
  },
  {
    id: 'retire-instants',
    behaviour: 'an episode may be retired at any instant: the epoch, and before it',
    async run({ graph }) {
      await write(graph, { put: { episodes: ['e1', 'e2', 'e3'].map((id) => build.episodes(id)) } })
      await write(graph, { retire: { episodeIds: ['e1'], at: 0 } })
      await write(graph, { retire: { episodeIds: ['e2'], at: -86_400_000 } })
      await write(graph, { retire: { episodeIds: ['e1', 'e2', 'e3'], at: 8_640_000_000_000_000 } })
      const episodes = await graph.get('episodes', ['e1', 'e2', 'e3'])
      assert.deepEqual(
        episodes.map(({ retiredAt }) => retiredAt),
        [0, -86_400_000, 8_640_000_000_000_000],
      )
    },
  },
  {
    id: 'retire-unknown',
    behaviour: 'retiring what is not there does nothing',
    async run({ graph }) {
      await write(graph, { put: oneOfEach('r1') })
      await write(graph, { retire: { episodeIds: ['e9', 'R1', 'r'], at: 10 } })
      sameList(await collect(graph.scan('episodes')), oneOfEach('r1').episodes)
      assert.equal((await graph.count()).episodes, 1)
    },
  },
  {
    id: 'retire-stays-when-put-again',
    behaviour: 'putting a retired episode again does not bring it back',
    async run({ graph }) {
      const e1 = build.episodes('e1')
      await write(graph, { put: { episodes: [e1] } })
      await write(graph, { retire: { episodeIds: ['e1'], at: 10 } })
      await write(graph, { put: { episodes: [e1] } })
      sameList(await graph.get('episodes', ['e1']), [{ ...e1, retiredAt: 10 }])
    },
  },
  {
    id: 'retire-put-retired',
    behaviour: 'an episode that is put as retired is, and stays so',
    async run({ graph }) {
      const e1 = build.episodes('e1', { retiredAt: 7 })
      await write(graph, { put: { episodes: [e1] } })
      await write(graph, { retire: { episodeIds: ['e1'], at: 10 } })
      sameList(await graph.get('episodes', ['e1']), [e1])
    },
  },
  {
    id: 'retire-thousands',
    behaviour: 'thousands of episodes are retired in one apply',
    async run({ graph }) {
      const ids = numberedIds(3000)
      await write(graph, { put: { episodes: ids.map((id) => build.episodes(id)) } })
      await write(graph, { retire: { episodeIds: ids.slice(1), at: 10 } })
      const expected = ids.map((id) => build.episodes(id, id === 'id-00000' ? {} : { retiredAt: 10 }))
      sameList(await graph.get('episodes', ids), expected)
    },
  },
])
