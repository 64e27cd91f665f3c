import type { Assertion, Chunk, Correction, Decision, Episode, Fact, RecordKind, Records, Segment, Sense } from '@graphmem/core/spec'

/** Builds a record of the kind: all required fields, in the shape core gives them, and what is asked for. */
export const build: { readonly [K in RecordKind]: (id: string, fields?: Partial<Records[K]>) => Records[K] } = {
  episodes: (id, fields): Episode => ({
    id,
    key: `key of ${id}`,
    kind: 'text',
    text: `The text of ${id}.`,
    tags: [],
    metadata: {},
    contentHash: `hash of ${id}`,
    chunkCount: 1,
    recordedAt: 1_700_000_000_000,
    ...fields,
  }),
  chunks: (id, fields): Chunk => ({
    id,
    episodeId: 'e1',
    index: 0,
    span: { start: 0, end: 16 },
    text: `The text of ${id}.`,
    sentences: [{ start: 0, end: 16 }],
    mentions: [{ senseId: 's1', span: { start: 0, end: 3 }, type: 'person' }],
    recordedAt: 1_700_000_000_000,
    ...fields,
  }),
  senses: (id, fields): Sense => ({ id, key: `name of ${id}`, discriminator: '', block: 'block', ...fields }),
  decisions: (id, fields): Decision => ({
    id,
    verdict: 'same',
    senses: ['s1', 's2'],
    rule: 'alias',
    confidence: 0.75,
    recordedAt: 1_700_000_000_000,
    ...fields,
  }),
  facts: (id, fields): Fact => ({ id, subjectId: 's1', predicate: 'works_at', object: { senseId: 's2' }, exclusive: true, ...fields }),
  assertions: (id, fields): Assertion => ({
    id,
    factId: 'f1',
    chunkId: 'c1',
    span: { start: 0, end: 16 },
    valid: {},
    negated: false,
    confidence: 0.5,
    ...fields,
  }),
  corrections: (id, fields): Correction => ({
    id,
    verdict: 'retract',
    target: { kind: 'facts', id: 'f1' },
    recordedAt: 1_700_000_000_000,
    ...fields,
  }),
}

/** One record of each kind, all with the same id. */
export function oneOfEach(id: string): { readonly [K in RecordKind]: readonly Records[K][] } {
  return {
    episodes: [build.episodes(id)],
    chunks: [build.chunks(id)],
    senses: [build.senses(id)],
    decisions: [build.decisions(id)],
    facts: [build.facts(id)],
    assertions: [build.assertions(id)],
    corrections: [build.corrections(id)],
  }
}

/** A segment of one version, or of a stretch of them. */
export function segment(id: string, firstVersion: number, lastVersion: number = firstVersion, bytes: Uint8Array = bytesOf(id)): Segment {
  return { id, firstVersion, lastVersion, bytes }
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Ids that are in order as they are numbered: `id-00000`, `id-00001`. */
export function numberedIds(count: number, prefix = 'id'): readonly string[] {
  return Array.from({ length: count }, (_, number) => `${prefix}-${String(number).padStart(5, '0')}`)
}
