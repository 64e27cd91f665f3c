import type { Episode, GraphChanges } from '@graphmem/core/spec'
import type { Defect } from './broken-store.ts'
import { changeWrites } from './change-writes.ts'
import { overlaid } from './overlaid.ts'
import { passThrough } from './pass-through.ts'

/** Stores that do not keep what they were given as it was. */
export const contentDefects: readonly Defect[] = [
  {
    name: 'drops-last-of-large-batch',
    does: 'loses the last record of a batch of a thousand and more',
    fails: [
      'apply-large',
      'retire-thousands',
      'remove-thousands',
      'get-thousands',
      'scan-thousands',
      'scan-beside-applies',
      'scan-left-early',
      'scan-two-at-once',
      'senses-of-thousands-of-blocks',
      'episodes-of-thousands-of-keys',
      'signal-aborted-during-scan',
    ],
    begin: changeWrites((changes) => ({
      ...changes,
      put: Object.fromEntries(
        Object.entries(changes.put).map(([kind, records]) => [kind, records.length < 1000 ? records : records.slice(0, -1)]),
      ),
    })),
  },
  {
    name: 'last-write-wins',
    does: 'replaces a record that is put again',
    fails: ['apply-put-if-absent', 'senses-first-block-stays', 'isolation-random'],
    begin: overlaid((overlay, { put: { senses = [] } }) => {
      for (const sense of senses) overlay.set('senses', sense.id, structuredClone(sense))
    }),
  },
  {
    name: 'retires-again',
    does: 'moves the time at which an episode was retired',
    fails: ['retire-first-stays', 'retire-instants', 'retire-put-retired', 'isolation-random'],
    begin: overlaid((overlay, { retire }) => {
      for (const id of retire?.episodeIds ?? []) overlay.set('episodes', id, { retiredAt: retire?.at ?? 0 })
    }),
  },
  {
    name: 'revives-what-is-put-again',
    does: 'takes an episode that is put again for one that was never retired',
    fails: [
      'retire-marks',
      'retire-first-stays',
      'retire-instants',
      'retire-stays-when-put-again',
      'retire-thousands',
      'identifier-records',
      'isolation-random',
    ],
    begin: overlaid((overlay, { put: { episodes = [] } }) => {
      for (const { id, retiredAt } of episodes) overlay.set('episodes', id, { retiredAt } as Partial<Episode>)
    }),
  },
  {
    name: 'keeps-the-callers-objects',
    does: 'holds the objects it was given, and not copies',
    fails: ['apply-keeps-copies'],
    begin: overlaid((overlay, { put: { episodes = [] } }) => {
      for (const { id, tags, metadata } of episodes) if (!overlay.has('episodes', id)) overlay.set('episodes', id, { tags, metadata })
    }),
  },
  {
    name: 'null-for-absent',
    does: 'gives null where an optional field is absent',
    fails: [
      'apply-every-kind',
      'apply-conflict',
      'remove-each-kind',
      'remove-unknown',
      'get-kinds-apart',
      'erase-one-memory',
      'content-every-field',
      'content-absent-stays-absent',
      'signal-not-aborted',
      'isolation-apply-ids',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async get(kind, ids, options) {
            const records = await graph.get(kind, ids, options)
            return kind === 'corrections' ? records.map((record) => ({ reason: null, ...record })) : records
          },
        }),
      }),
  },
  {
    name: 'undefined-for-absent',
    does: 'gives undefined where a field of the head is absent',
    fails: [
      'head-of-empty-memory',
      'head-of-two-handles',
      'apply-conflict-on-empty',
      'erase-leaves-nothing',
      'user-erase',
      'capability-durable',
      'identifier-prototype',
      'isolation-random',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          head: async (options) => ({ incarnation: undefined, ...(await graph.head(options)) }) as { version: number },
        }),
      }),
  },
  {
    name: 'cuts-text-at-nul',
    does: 'ends a text at the first NUL',
    fails: ['content-control-characters'],
    begin: changeEpisodes((episode) => ({ ...episode, text: episode.text.split('\0')[0] ?? '' })),
  },
  {
    name: 'cuts-long-text',
    does: 'keeps the first 65,535 characters of a text',
    fails: ['content-long'],
    begin: changeEpisodes((episode) => ({ ...episode, text: episode.text.slice(0, 65_535) })),
  },
  {
    name: 'normalises-text',
    does: 'normalises the Unicode of texts',
    fails: ['content-unicode'],
    begin: changeEpisodes((episode) => ({ ...episode, text: episode.text.normalize('NFC') })),
  },
  {
    name: 'drops-empty-strings',
    does: 'takes an empty string for an absent one',
    fails: ['content-empty'],
    begin: changeEpisodes(({ title, ...episode }) => ({ ...episode, ...(title && { title }) })),
  },
  {
    name: 'assigns-keys',
    does: 'loses what is called __proto__',
    fails: ['content-lone-keys'],
    begin: changeEpisodes((episode) => {
      const metadata: Record<string, string | number | boolean> = {}
      for (const [key, value] of Object.entries(episode.metadata)) metadata[key] = value
      return { ...episode, metadata }
    }),
  },
  {
    name: 'reads-numbers-in-text',
    does: 'makes numbers of texts that look like one',
    fails: ['content-metadata-kinds'],
    begin: changeEpisodes((episode) => ({
      ...episode,
      metadata: Object.fromEntries(Object.entries(episode.metadata).map(([key, value]) => [key, value === '1' ? 1 : value])),
    })),
  },
  {
    name: 'rounds-numbers',
    does: 'keeps numbers in single precision',
    fails: ['content-every-field', 'content-numbers'],
    begin: changeWrites((changes) => ({
      ...changes,
      put: {
        ...changes.put,
        ...(changes.put.decisions && {
          decisions: changes.put.decisions.map((each) => ({ ...each, confidence: Math.fround(each.confidence) })),
        }),
      },
    })),
  },
  {
    name: 'keeps-bytes-as-text',
    does: 'takes the bytes of a segment for text',
    fails: ['segments-bytes'],
    begin: changeWrites(({ putSegments = [], ...changes }) => ({
      ...changes,
      putSegments: putSegments.map((each) => ({ ...each, bytes: new TextEncoder().encode(new TextDecoder().decode(each.bytes)) })),
    })),
  },
]

function changeEpisodes(change: (episode: Episode) => Episode): Defect['begin'] {
  return changeWrites(
    (changes: GraphChanges): GraphChanges =>
      changes.put.episodes ? { ...changes, put: { ...changes.put, episodes: changes.put.episodes.map(change) } } : changes,
  )
}
