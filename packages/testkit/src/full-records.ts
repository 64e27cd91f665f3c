import { entityTypes, type RecordKind, type Records } from '@graphmem/core/spec'
import { build } from './record-builders.ts'

const span = { start: 3, end: 14 }

/** Records with every field, and in every variant. */
export const fullRecords: { readonly [K in RecordKind]: readonly Records[K][] } = {
  episodes: [
    build.episodes('full', {
      kind: 'turn',
      title: 'A title',
      source: 'https://example.com/a?b=c#d',
      at: 1_600_000_000_001,
      session: 'session 1',
      sequence: 12,
      role: 'assistant',
      speaker: 'Bob',
      tags: ['b', 'a', 'b'],
      metadata: { place: 'Paris', page: 3, draft: false },
      importance: 7.5,
      chunkCount: 4,
      retiredAt: 1_650_000_000_002,
    }),
    build.episodes('document', { kind: 'document', role: 'system' }),
    build.episodes('user', { role: 'user' }),
  ],
  chunks: [
    build.chunks('full', {
      episodeId: 'full',
      index: 3,
      span: { start: 100, end: 220 },
      sentences: [
        { start: 0, end: 60 },
        { start: 61, end: 120 },
      ],
      mentions: entityTypes.map((type, at) => ({ senseId: `s${at}`, span: { start: at, end: at + 2 }, type })),
    }),
  ],
  senses: [build.senses('full', { key: '@self', discriminator: 'footballer', block: 'sm' })],
  decisions: [
    build.decisions('full', { verdict: 'different', senses: ['s3', 's4'], rule: 'user', confidence: 0.123456789, chunkId: 'c1' }),
    build.decisions('same', { verdict: 'same' }),
  ],
  facts: [
    build.facts('full', { object: { value: '2018', valueType: 'date' }, exclusive: false, from: 1_500_000_000_000 }),
    build.facts('sense', { object: { senseId: 's9' } }),
    build.facts('text', { object: { value: 'blue', valueType: 'text' } }),
    build.facts('quantity', { object: { value: '3.50', valueType: 'quantity' } }),
    build.facts('boolean', { object: { value: 'false', valueType: 'boolean' } }),
  ],
  assertions: [
    build.assertions('full', {
      span,
      valid: { from: 1_400_000_000_000, fromPrecision: 'year', until: 1_500_000_000_000, untilPrecision: 'day' },
      negated: true,
      confidence: 1,
    }),
    build.assertions('from', { valid: { from: 0, fromPrecision: 'second' } }),
    build.assertions('until', { valid: { until: -1, untilPrecision: 'month' } }),
  ],
  corrections: [
    build.corrections('full', { verdict: 'pin', target: { kind: 'decisions', id: 'd1' }, reason: 'The user said so.' }),
    build.corrections('restore', { verdict: 'restore' }),
    build.corrections('unpin', { verdict: 'unpin' }),
  ],
}
