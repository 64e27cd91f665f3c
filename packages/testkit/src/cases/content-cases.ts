import assert from 'node:assert/strict'
import { entityTypes, type RecordKind, type Records, recordKinds, type ScopedGraph } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import { fullRecords } from '../full-records.ts'
import { build, bytesOf, oneOfEach } from '../record-builders.ts'
import { sameList } from '../same-list.ts'
import type { StoreCase } from '../store-case.ts'
import { byId } from '../utf8-order.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const contentCases: readonly StoreCase[] = themed('content', [
  {
    id: 'content-every-field',
    behaviour: 'every field of every kind of record comes back',
    async run({ graph }) {
      await write(graph, { put: fullRecords })
      for (const kind of recordKinds) await checkKept(graph, kind, fullRecords[kind])
      sameList(await graph.episodesOfKeys(fullRecords.episodes.map(({ key }) => key)), byId(fullRecords.episodes))
      sameList(await graph.sensesOfBlocks(fullRecords.senses.map(({ block }) => block)), byId(fullRecords.senses))
    },
  },
  {
    id: 'content-absent-stays-absent',
    behaviour: 'an optional field that was absent is absent, and neither null nor undefined',
    async run({ graph }) {
      const put = oneOfEach('r1')
      await write(graph, { put })
      for (const kind of recordKinds) {
        const [record] = await graph.get(kind, ['r1'])
        assert.deepEqual(Object.keys(record ?? {}).sort(), Object.keys(put[kind][0] ?? {}).sort(), kind)
      }
    },
  },
  {
    id: 'content-empty',
    behaviour: 'empty strings, lists and objects come back as they were',
    async run({ graph }) {
      const empty = { text: '', title: '', source: '', session: '', speaker: '', tags: [''], metadata: { '': '' } }
      await keeps(graph, 'episodes', [
        build.episodes('e1', { ...empty, sequence: 0, importance: 0, at: 0, chunkCount: 0 }),
        build.episodes('e2'),
      ])
      await keeps(graph, 'chunks', [build.chunks('c1', { text: '', span: { start: 0, end: 0 }, sentences: [], mentions: [] })])
      await keeps(graph, 'facts', [build.facts('f1', { object: { value: '', valueType: 'text' }, from: 0 })])
      await keeps(graph, 'corrections', [build.corrections('k1', { reason: '', recordedAt: 0 })])
    },
  },
  {
    id: 'content-unicode',
    behaviour: 'text of any script comes back code unit by code unit',
    async run({ graph }) {
      await keeps(
        graph,
        'episodes',
        texts.map((text, at) => build.episodes(`e${at}`, { text, title: text, key: text, tags: [text], metadata: { [text]: text } })),
      )
      await keeps(
        graph,
        'chunks',
        texts.map((text, at) => build.chunks(`c${at}`, { text })),
      )
      await keeps(
        graph,
        'senses',
        texts.map((text, at) => build.senses(`s${at}`, { key: text, discriminator: text, block: text })),
      )
      for (const [at, text] of texts.entries()) {
        assert.deepEqual(
          (await graph.sensesOfBlocks([text])).map(({ id }) => id),
          [`s${at}`],
          JSON.stringify(text),
        )
        assert.deepEqual(
          (await graph.episodesOfKeys([text])).map(({ id }) => id),
          [`e${at}`],
          JSON.stringify(text),
        )
      }
    },
  },
  {
    id: 'content-control-characters',
    behaviour: 'control characters in a text come back, NUL too',
    async run({ graph }) {
      const text = `before\u0000after ${String.fromCharCode(...Array.from({ length: 32 }, (_, code) => code), 127, 0x85)} end`
      await keeps(graph, 'episodes', [build.episodes('e1', { text, title: text, tags: [text], metadata: { [text]: text } })])
      await keeps(graph, 'chunks', [build.chunks('c1', { text })])
    },
  },
  {
    id: 'content-lone-keys',
    behaviour: 'metadata may have the names of what every object has',
    async run({ graph }) {
      const metadata = JSON.parse(
        '{"__proto__":"a","constructor":"b","toString":1,"hasOwnProperty":true,"length":2,"":"c","a.b":"d","$set":"e"}',
      )
      await write(graph, { put: { episodes: [build.episodes('e1', { metadata })] } })
      const [episode] = await graph.get('episodes', ['e1'])
      assert.deepEqual(Object.entries(episode?.metadata ?? {}).sort(), Object.entries(metadata).sort())
    },
  },
  {
    id: 'content-metadata-kinds',
    behaviour: 'a string, a number and a boolean in the metadata stay what they were',
    async run({ graph }) {
      const metadata = {
        one: 1,
        oneText: '1',
        yes: true,
        yesText: 'true',
        no: false,
        zero: 0,
        none: 'null',
        half: 0.5,
        date: '2024-01-01',
        big: '9007199254740993',
      }
      await keeps(graph, 'episodes', [build.episodes('e1', { metadata })])
      await keeps(graph, 'facts', [
        build.facts('f1', { object: { value: '1', valueType: 'quantity' } }),
        build.facts('f2', { object: { value: 'true', valueType: 'boolean' } }),
        build.facts('f3', { object: { value: '2024', valueType: 'date' } }),
        build.facts('f4', { object: { senseId: '1' } }),
      ])
    },
  },
  {
    id: 'content-numbers',
    behaviour: 'numbers come back exactly: negative, fractional, and as large as they get',
    async run({ graph }) {
      const instants = [
        0,
        -1,
        -62_167_219_200_000,
        8_640_000_000_000_000,
        -8_640_000_000_000_000,
        2 ** 31,
        2 ** 32 + 1,
        Number.MAX_SAFE_INTEGER,
        Number.MIN_SAFE_INTEGER,
      ]
      const fractions = [0, 1, 0.1, 0.1 + 0.2, 1 / 3, 1e-7, 5e-324, 0.999_999_999_999_999_9]
      await keeps(
        graph,
        'episodes',
        instants.map((at, number) => build.episodes(`e${number}`, { at, recordedAt: at, metadata: { at } })),
      )
      await keeps(
        graph,
        'facts',
        instants.map((from, number) => build.facts(`f${number}`, { from })),
      )
      await keeps(
        graph,
        'decisions',
        fractions.map((confidence, number) => build.decisions(`d${number}`, { confidence })),
      )
      await keeps(
        graph,
        'assertions',
        fractions.map((confidence, number) => build.assertions(`a${number}`, { confidence, valid: { from: 0 - number, until: number } })),
      )
    },
  },
  {
    id: 'content-long',
    behaviour: 'a text of a megabyte and long lists come back whole',
    async run({ graph }) {
      const text = 'A long text, é \u{1f642} 日本. '.repeat(60_000)
      assert.ok(bytesOf(text).length > 1 << 20)
      const spans = Array.from({ length: 5000 }, (_, at) => ({ start: at * 10, end: at * 10 + 9 }))
      const mentions = spans.map((span, at) => ({ senseId: `s${at}`, span, type: entityTypes[at % entityTypes.length] ?? 'other' }))
      await keeps(graph, 'episodes', [build.episodes('e1', { text, tags: spans.map(({ start }) => `tag ${start}`) })])
      await keeps(graph, 'chunks', [build.chunks('c1', { text, sentences: spans, mentions })])
    },
  },
  {
    id: 'content-handed-out-is-a-copy',
    behaviour: 'what a caller does to a record it was given does not reach the memory',
    async run({ graph }) {
      await write(graph, { put: fullRecords })
      const [given] = await graph.get('episodes', ['full'])
      const [scanned] = await collect(graph.scan('episodes'))
      const [found] = await graph.episodesOfKeys([fullRecords.episodes[0]?.key ?? ''])
      for (const record of [given, scanned, found]) {
        assert.ok(record)
        // A frozen record may refuse: what counts is what the memory holds then.
        for (const field of ['text', 'retiredAt', 'added']) Reflect.set(record, field, 'changed')
        Reflect.set(record.tags, 0, 'changed')
        Reflect.set(record.metadata, 'place', 'changed')
      }
      const [sense] = await graph.sensesOfBlocks([fullRecords.senses[0]?.block ?? ''])
      if (sense) Reflect.set(sense, 'key', 'changed')
      await checkKept(graph, 'episodes', fullRecords.episodes)
      await checkKept(graph, 'senses', fullRecords.senses)
    },
  },
])

const texts = [
  'plain',
  'é',
  'e\u0301',
  'Ünïcödé ß ŉ ǅ',
  'ＦＵＬＬ width',
  '日本語の文',
  'עברית \u202eabc\u202c',
  'العربية',
  'हिन्दी',
  '\u{1f469}\u200d\u{1f4bb}\u{1f1eb}\u{1f1f7}',
  '\ufeffwith a mark',
  ' spaces around ',
  'line\nbreak\r\ntab\t\u2028\u2029',
  `quotes ' " \` \\ and ; -- /* */`,
  '%_*?[a-z]$1:{}',
  '{"json":[1,null]}',
  '<b>&amp;</b>',
  '\ufffd\ufffe',
]

async function keeps<K extends RecordKind>(graph: ScopedGraph, kind: K, records: readonly Records[K][]): Promise<void> {
  await write(graph, { put: { [kind]: records } })
  await checkKept(graph, kind, records)
}

async function checkKept<K extends RecordKind>(graph: ScopedGraph, kind: K, records: readonly Records[K][]): Promise<void> {
  sameList(
    await graph.get(
      kind,
      records.map(({ id }) => id),
    ),
    records,
  )
  sameList(await collect(graph.scan(kind)), byId(records))
}
