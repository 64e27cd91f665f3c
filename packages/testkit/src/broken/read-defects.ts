import { type RecordKind, type Records, scopeKey } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import { byId } from '../utf8-order.ts'
import type { Defect } from './broken-store.ts'
import { passThrough } from './pass-through.ts'

/** Stores that hold the right things, and do not read them right. */
export const readDefects: readonly Defect[] = [
  {
    name: 'scans-in-order-of-writing',
    does: 'scans records in the order in which they were written',
    fails: [
      'scan-order',
      'scan-thousands',
      'content-every-field',
      'content-unicode',
      'content-handed-out-is-a-copy',
      'identifier-records',
      'isolation-random',
    ],
    begin: () => {
      const written = new Map<string, Set<string>>()
      return (sound) =>
        passThrough(sound, {
          graph: (graph) => {
            const idsOf = (kind: RecordKind) => {
              const key = `${kind} ${scopeKey(graph.scope)}`
              const ids = written.get(key) ?? new Set<string>()
              written.set(key, ids)
              return ids
            }
            return {
              async apply(changes, options) {
                const applied = await graph.apply(changes, options)
                for (const [kind, records] of Object.entries(changes.put)) for (const { id } of records) idsOf(kind as RecordKind).add(id)
                return applied
              },
              async *scan(kind, options) {
                const records = new Map((await collect(graph.scan(kind, options))).map((record) => [record.id, record]))
                for (const id of idsOf(kind)) {
                  options?.signal?.throwIfAborted()
                  const record = records.get(id)
                  if (record) yield record
                }
              },
            }
          },
        })
    },
  },
  {
    name: 'sorts-by-utf-16',
    does: 'orders ids by their UTF-16 units',
    fails: ['scan-order', 'user-lists-memories', 'identifier-memories', 'identifier-records', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async *scan(kind, options) {
            const records = await collect(graph.scan(kind, options))
            for (const record of records.sort((a, b) => (a.id < b.id ? -1 : 1))) {
              options?.signal?.throwIfAborted()
              yield record
            }
          },
        }),
        user: (user) => ({ list: async (options) => [...(await user.list(options))].sort() }),
      }),
  },
  {
    name: 'refuses-applies-while-reading',
    does: 'ends a scan with an error when an apply comes in between',
    fails: ['scan-beside-applies', 'segments-beside-applies', 'segments-merged-meanwhile'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => {
          async function* unchanged<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
            let version: number | undefined
            for await (const item of items) {
              version ??= (await graph.head()).version
              yield item
              if ((await graph.head()).version !== version) throw new Error('The memory has changed.')
            }
          }
          return {
            scan: (kind, options) => unchanged(graph.scan(kind, options)),
            segments: (since, options) => unchanged(graph.segments(since, options)),
          }
        },
      }),
  },
  {
    name: 'takes-nothing-for-all',
    does: 'gives everything when no ids, keys or blocks are asked for',
    fails: ['get-nothing', 'senses-of-no-blocks', 'episodes-of-no-keys'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          get: async (kind, ids, options) => (ids.length > 0 ? graph.get(kind, ids, options) : collect(graph.scan(kind, options))),
          episodesOfKeys: async (keys, options) =>
            keys.length > 0 ? graph.episodesOfKeys(keys, options) : collect(graph.scan('episodes', options)),
          sensesOfBlocks: async (blocks, options) =>
            blocks.length > 0 ? graph.sensesOfBlocks(blocks, options) : collect(graph.scan('senses', options)),
        }),
      }),
  },
  {
    name: 'refuses-empty-memories',
    does: 'fails where there is nothing to read',
    fails: [
      'scan-empty',
      'segments-empty',
      'count-empty',
      'erase-leaves-nothing',
      'erase-empty',
      'user-erase',
      'signal-aborted-before',
      'capability-durable',
      'isolation-random',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => {
          const exists = async () => {
            if ((await graph.head()).version === 0) throw new Error('No such memory.')
          }
          return {
            async *scan(kind, options) {
              await exists()
              yield* graph.scan(kind, options)
            },
            async segmentInfos(options) {
              await exists()
              return graph.segmentInfos(options)
            },
            async count(options) {
              await exists()
              return graph.count(options)
            },
          }
        },
      }),
  },
  {
    name: 'scans-all-but-the-last',
    does: 'ends a scan one record early',
    fails: [
      'retire-marks',
      'retire-unknown',
      'remove-each-kind',
      'remove-thousands',
      'scan-each-kind',
      'scan-order',
      'scan-thousands',
      'scan-beside-applies',
      'scan-two-at-once',
      'content-every-field',
      'content-empty',
      'content-unicode',
      'content-control-characters',
      'content-metadata-kinds',
      'content-numbers',
      'content-long',
      'content-handed-out-is-a-copy',
      'identifier-users',
      'identifier-memories',
      'identifier-pairs',
      'identifier-erase',
      'identifier-user-erase',
      'identifier-records',
      'isolation-random',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async *scan(kind, options) {
            let held: { readonly record: unknown } | undefined
            for await (const record of graph.scan(kind, options)) {
              if (held) yield held.record as typeof record
              held = { record }
            }
          },
        }),
      }),
  },
  {
    name: 'looks-up-one-by-one',
    does: 'gives what it looks up in the order asked, and twice what is asked twice',
    fails: [
      'senses-of-blocks',
      'senses-of-thousands-of-blocks',
      'episodes-of-keys',
      'episodes-of-thousands-of-keys',
      'content-every-field',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async episodesOfKeys(keys, options) {
            const found = await graph.episodesOfKeys(keys, options)
            return keys.flatMap((key) => found.filter((episode) => episode.key === key))
          },
          async sensesOfBlocks(blocks, options) {
            const found = await graph.sensesOfBlocks(blocks, options)
            return blocks.flatMap((block) => found.filter((sense) => sense.block === block))
          },
        }),
      }),
  },
  {
    name: 'counts-what-is-believed',
    does: 'leaves retired episodes out of the counts',
    fails: ['count-follows-writes', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async count(options) {
            const counts = await graph.count(options)
            const believed = (await collect(graph.scan('episodes'))).filter(({ retiredAt }) => retiredAt === undefined)
            return { ...counts, episodes: believed.length }
          },
        }),
      }),
  },
  {
    name: 'segments-in-order-of-ids',
    does: 'gives segments in the order of their ids',
    fails: ['segments-order', 'segments-replaced', 'signal-aborted-during-segments', 'identifier-records', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async *segments(since, options) {
            yield* byId(await collect(graph.segments(since, options)))
          },
          segmentInfos: async (options) => byId(await graph.segmentInfos(options)),
        }),
      }),
  },
  {
    name: 'segments-one-by-one',
    does: 'lists the segments, reads each when it is its turn, and leaves out what was replaced meanwhile',
    fails: ['segments-merged-meanwhile'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async *segments(since, options) {
            const infos = (await graph.segmentInfos(options)).filter(({ lastVersion }) => lastVersion > since)
            for (const { id, firstVersion } of infos) {
              for await (const segment of graph.segments(firstVersion - 1, options)) {
                if (segment.id !== id) continue
                yield segment
                break
              }
            }
          },
        }),
      }),
  },
  {
    name: 'infos-with-bytes',
    does: 'gives the bytes of segments where only their sizes are asked for',
    fails: ['segments-infos'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          segmentInfos: async (options) =>
            (await graph.segmentInfos(options)).map((info) => ({ ...info, bytes: new Uint8Array(info.sizeBytes) })),
        }),
      }),
  },
  {
    name: 'gets-the-first-thousand',
    does: 'leaves out the ids beyond the first thousand',
    fails: ['retire-thousands', 'get-thousands'],
    begin: () => (sound) =>
      passThrough(sound, { graph: (graph) => ({ get: (kind, ids, options) => graph.get(kind, ids.slice(0, 1000), options) }) }),
  },
  {
    name: 'gets-in-order-of-ids',
    does: 'gives records in the order of their ids, and not as asked',
    fails: [
      'get-order',
      'get-unknown',
      'get-thousands',
      'content-every-field',
      'content-unicode',
      'content-handed-out-is-a-copy',
      'identifier-records',
      'isolation-random',
    ],
    begin: () => (sound) =>
      passThrough(sound, { graph: (graph) => ({ get: (kind, ids, options) => graph.get(kind, [...ids].sort(), options) }) }),
  },
  {
    name: 'gets-without-case',
    does: 'finds records by ids of another case',
    fails: ['get-exact', 'identifier-records', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async get(kind, ids, options) {
            const exact = new Map((await graph.get(kind, ids, options)).map((record) => [record.id, record]))
            if (exact.size === ids.length) return ids.flatMap((id) => exact.get(id) ?? [])
            const folded = new Map((await collect(graph.scan(kind))).map((record) => [record.id.toLowerCase(), record]))
            return ids.flatMap((id) => exact.get(id) ?? folded.get(id.toLowerCase()) ?? [])
          },
        }),
      }),
  },
  {
    name: 'hands-out-its-own',
    does: 'gives every caller the same objects',
    fails: ['segments-handed-out-are-copies', 'content-handed-out-is-a-copy'],
    begin: () => {
      const given = new Map<string, object>()
      const same = <T extends object>(key: string, value: T): T => {
        const held = given.get(key) ?? structuredClone(value)
        given.set(key, held)
        return held as T
      }
      return (sound) =>
        passThrough(sound, {
          graph: (graph) => {
            const key = scopeKey(graph.scope)
            return {
              async get(kind, ids, options) {
                const records = await graph.get(kind, ids, options)
                return records.map((record) => same(JSON.stringify([key, kind, record]), record))
              },
              async *segments(since, options) {
                for await (const segment of graph.segments(since, options)) {
                  yield segment.bytes.length > 100 ? segment : same(`${key}${segment.id} ${segment.bytes.join()}`, segment)
                }
              },
            }
          },
        })
    },
  },
  {
    name: 'segments-since-too-early',
    does: 'gives the segments that end at the version asked for, too',
    fails: ['segments-since', 'segments-beside-the-index', 'segments-many', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, { graph: (graph) => ({ segments: (since, options) => graph.segments(since - 1, options) }) }),
  },
  {
    name: 'segments-of-the-index-only',
    does: 'never gives a segment that is kept beside the index',
    fails: ['segments-beside-the-index'],
    begin: () => (sound) =>
      passThrough(sound, { graph: (graph) => ({ segments: (since, options) => graph.segments(Math.max(0, since), options) }) }),
  },
  {
    name: 'segments-since-too-late',
    does: 'leaves out a segment that began before the version asked for',
    fails: ['segments-since', 'segments-replaced', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async *segments(since, options) {
            for await (const segment of graph.segments(since, options)) if (segment.firstVersion > since) yield segment
          },
        }),
      }),
  },
  {
    name: 'hides-retired-episodes',
    does: 'does not find retired episodes by their keys',
    fails: ['retire-marks', 'episodes-of-keys', 'content-every-field', 'content-handed-out-is-a-copy'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async episodesOfKeys(keys, options) {
            const episodes: readonly Records['episodes'][] = await graph.episodesOfKeys(keys, options)
            return episodes.filter(({ retiredAt }) => retiredAt === undefined)
          },
        }),
      }),
  },
]
