import { build, numberedIds } from '../record-builders.ts'
import { sameList } from '../same-list.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const lookupCases: readonly StoreCase[] = themed('lookup', [
  {
    id: 'senses-of-blocks',
    behaviour: 'the senses of the blocks asked for come in the order of their ids, each once',
    async run({ graph }) {
      const s1 = build.senses('s1', { block: 'b' })
      const s2 = build.senses('s2', { block: 'a' })
      const s3 = build.senses('s3', { block: 'b' })
      const s4 = build.senses('s4', { block: 'c' })
      const s5 = build.senses('\u{1f642}', { block: 'a' })
      const s6 = build.senses('\uff21', { block: 'a' })
      await write(graph, { put: { senses: [s5, s4, s3] } })
      await write(graph, { put: { senses: [s6, s2, s1] } })
      sameList(await graph.sensesOfBlocks(['b', 'a', 'b', 'none']), [s1, s2, s3, s6, s5])
      sameList(await graph.sensesOfBlocks(['c']), [s4])
    },
  },
  {
    id: 'senses-of-no-blocks',
    behaviour: 'no blocks, and unknown ones, have no senses',
    async run({ graph }) {
      sameList(await graph.sensesOfBlocks(['block']), [])
      await write(graph, { put: { senses: [build.senses('s1')] } })
      sameList(await graph.sensesOfBlocks([]), [])
      sameList(await graph.sensesOfBlocks(['Block', 'bloc', 'block ', '%', '_____', '*', '']), [])
    },
  },
  {
    id: 'senses-of-thousands-of-blocks',
    behaviour: 'thousands of blocks are asked for in one call',
    async run({ graph }) {
      const senses = numberedIds(3000).map((id) => build.senses(id, { block: `block of ${id}` }))
      await write(graph, { put: { senses } })
      sameList(await graph.sensesOfBlocks(senses.map(({ block }) => block).reverse()), senses)
    },
  },
  {
    id: 'senses-first-block-stays',
    behaviour: 'a sense that is put again under another block stays in the first',
    async run({ graph }) {
      const first = build.senses('s1', { block: 'first' })
      await write(graph, { put: { senses: [first] } })
      await write(graph, { put: { senses: [build.senses('s1', { block: 'second' })] } })
      sameList(await graph.sensesOfBlocks(['first']), [first])
      sameList(await graph.sensesOfBlocks(['second']), [])
    },
  },
  {
    id: 'episodes-of-keys',
    behaviour: 'the episodes of the keys asked for come in the order of their ids, each once, retired ones too',
    async run({ graph }) {
      const e1 = build.episodes('e1', { key: 'note' })
      const e2 = build.episodes('e2', { key: 'other' })
      const e3 = build.episodes('e3', { key: 'note' })
      const e4 = build.episodes('e4', { key: 'unasked' })
      await write(graph, { put: { episodes: [e4, e3, e2] } })
      await write(graph, { put: { episodes: [e1] }, retire: { episodeIds: ['e3'], at: 10 } })
      sameList(await graph.episodesOfKeys(['other', 'note', 'note', 'none']), [e1, e2, { ...e3, retiredAt: 10 }])
    },
  },
  {
    id: 'episodes-of-no-keys',
    behaviour: 'no keys, and unknown ones, have no episodes',
    async run({ graph }) {
      sameList(await graph.episodesOfKeys(['key of e1']), [])
      await write(graph, { put: { episodes: [build.episodes('e1')] } })
      sameList(await graph.episodesOfKeys([]), [])
      sameList(await graph.episodesOfKeys(['e1', 'Key of e1', 'key of e', 'key of e%', 'key of e_', '*', '']), [])
    },
  },
  {
    id: 'episodes-of-thousands-of-keys',
    behaviour: 'thousands of keys are asked for in one call',
    async run({ graph }) {
      const episodes = numberedIds(3000).map((id) => build.episodes(id))
      await write(graph, { put: { episodes } })
      sameList(await graph.episodesOfKeys(episodes.map(({ key }) => key).reverse()), episodes)
    },
  },
])
