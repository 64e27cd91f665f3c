import { fromStoredText, toStoredText } from '@graphmem/core/spec'
import { build, memoryOf, write } from '@graphmem/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { clientInMemory } from './watched-client.ts'

/** Texts of any code units: with U+0000, with half surrogate pairs, with the escape character itself. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom(0, 0x1b, 0xd83d, 0xde42, 0x30), fc.nat(0xffff)))
  .map((units) => String.fromCharCode(...units))

test('any text comes back from what is stored, and what is stored can be', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const stored = toStoredText(text)
      expect(fromStoredText(stored)).toBe(text)
      expect(stored.isWellFormed()).toBe(true)
      expect(stored).not.toContain('\0')
    }),
  )
})

test('any text comes back from the database, wherever it stands in a record', async () => {
  const graph = memoryOf(openStore({ client: clientInMemory() }), 'alice')
  const texts = fc.sample(anyText, { numRuns: 100, seed: 7 })
  const episodes = texts.map((text, n) =>
    build.episodes(`e${n}`, { text, key: `${n} ${text}`, title: text, tags: [text], metadata: { [text]: text } }),
  )
  await write(graph, { put: { episodes } })
  expect(
    await graph.get(
      'episodes',
      episodes.map(({ id }) => id),
    ),
  ).toEqual(episodes)
  expect(await graph.episodesOfKeys(episodes.slice(0, 1).map(({ key }) => key))).toEqual(episodes.slice(0, 1))
})
