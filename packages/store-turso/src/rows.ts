import {
  type FactObject,
  fromStoredText,
  type Head,
  type RecordKind,
  type Records,
  type Segment,
  type SegmentInfo,
  type TextSpan,
  toStoredText,
  type ValidTime,
} from '@graphmem/core/spec'
import { flatMentions, flatSpans, mentionsOf, spansOf } from './flat-lists.ts'

/** A row as the driver gives it, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>

/** How records of a kind stand in their table, apart from their scope. */
export interface RowMapping<R> {
  readonly columns: readonly string[]
  /** The values of the columns, in order, as JSON takes them. */
  toRow(record: R): readonly unknown[]
  fromRow(row: Row): R
}

/**
 * One mapping a kind. Scalars have columns of their own; lists and objects are JSON. Numbers with a fraction are kept as decimal text, because
 * SQLite may read the last bit of a JSON number otherwise.
 */
export const rowMappings: { readonly [K in RecordKind]: RowMapping<Records[K]> } = {
  episodes: {
    columns: [
      ...['id', 'key', 'kind', 'text', 'title', 'source', 'at', 'session', 'sequence', 'role', 'speaker'],
      ...['tags', 'metadata', 'importance', 'content_hash', 'chunk_count', 'recorded_at', 'retired_at'],
    ],
    toRow: (it) => [
      ...[text(it.id), text(it.key), it.kind, text(it.text), text(it.title), text(it.source), it.at, text(it.session), it.sequence],
      ...[it.role, text(it.speaker), it.tags, it.metadata, decimal(it.importance), it.contentHash, it.chunkCount, it.recordedAt],
      it.retiredAt,
    ],
    fromRow: (row) =>
      withoutAbsent({
        id: textOf(row['id']),
        key: textOf(row['key']),
        kind: textOf(row['kind']) as Records['episodes']['kind'],
        text: textOf(row['text']),
        title: optionalText(row['title']),
        source: optionalText(row['source']),
        at: optionalNumber(row['at']),
        session: optionalText(row['session']),
        sequence: optionalNumber(row['sequence']),
        role: optionalText(row['role']) as Records['episodes']['role'],
        speaker: optionalText(row['speaker']),
        tags: jsonOf<readonly string[]>(row['tags']),
        metadata: jsonOf<Records['episodes']['metadata']>(row['metadata']),
        importance: optionalNumber(row['importance']),
        contentHash: textOf(row['content_hash']),
        chunkCount: Number(row['chunk_count']),
        recordedAt: Number(row['recorded_at']),
        retiredAt: optionalNumber(row['retired_at']),
      }),
  },
  chunks: {
    columns: ['id', 'episode_id', 'position', 'span_start', 'span_end', 'text', 'sentences', 'mentions', 'recorded_at'],
    toRow: (it) => [
      ...[text(it.id), text(it.episodeId), it.index, it.span.start, it.span.end, text(it.text), flatSpans(it.sentences)],
      ...[flatMentions(it.mentions), it.recordedAt],
    ],
    fromRow: (row) => ({
      id: textOf(row['id']),
      episodeId: textOf(row['episode_id']),
      index: Number(row['position']),
      span: spanOf(row),
      text: textOf(row['text']),
      sentences: spansOf(jsonOf(row['sentences'])),
      mentions: mentionsOf(jsonOf(row['mentions'])),
      recordedAt: Number(row['recorded_at']),
    }),
  },
  senses: {
    columns: ['id', 'key', 'discriminator', 'block'],
    toRow: (it) => [text(it.id), text(it.key), text(it.discriminator), text(it.block)],
    fromRow: (row) => ({
      id: textOf(row['id']),
      key: textOf(row['key']),
      discriminator: textOf(row['discriminator']),
      block: textOf(row['block']),
    }),
  },
  decisions: {
    columns: ['id', 'verdict', 'sense_a', 'sense_b', 'rule', 'confidence', 'chunk_id', 'recorded_at'],
    toRow: (it) => [
      ...[text(it.id), it.verdict, text(it.senses[0]), text(it.senses[1]), text(it.rule), decimal(it.confidence), text(it.chunkId)],
      it.recordedAt,
    ],
    fromRow: (row) =>
      withoutAbsent({
        id: textOf(row['id']),
        verdict: textOf(row['verdict']) as Records['decisions']['verdict'],
        senses: [textOf(row['sense_a']), textOf(row['sense_b'])] as const,
        rule: textOf(row['rule']),
        confidence: Number(row['confidence']),
        chunkId: optionalText(row['chunk_id']),
        recordedAt: Number(row['recorded_at']),
      }),
  },
  facts: {
    columns: ['id', 'subject_id', 'predicate', 'object_id', 'object_value', 'object_value_type', 'exclusive', 'from_at'],
    toRow: (it) => [text(it.id), text(it.subjectId), text(it.predicate), ...objectColumns(it.object), it.exclusive, it.from],
    fromRow: (row) =>
      withoutAbsent({
        id: textOf(row['id']),
        subjectId: textOf(row['subject_id']),
        predicate: textOf(row['predicate']),
        object: objectOf(row),
        exclusive: Number(row['exclusive']) === 1,
        from: optionalNumber(row['from_at']),
      }),
  },
  assertions: {
    columns: [
      ...['id', 'fact_id', 'chunk_id', 'span_start', 'span_end', 'valid_from', 'valid_from_precision', 'valid_until'],
      ...['valid_until_precision', 'negated', 'confidence'],
    ],
    toRow: (it) => [
      ...[text(it.id), text(it.factId), text(it.chunkId), it.span.start, it.span.end, it.valid.from, it.valid.fromPrecision],
      ...[it.valid.until, it.valid.untilPrecision, it.negated, decimal(it.confidence)],
    ],
    fromRow: (row) => ({
      id: textOf(row['id']),
      factId: textOf(row['fact_id']),
      chunkId: textOf(row['chunk_id']),
      span: spanOf(row),
      valid: validOf(row),
      negated: Number(row['negated']) === 1,
      confidence: Number(row['confidence']),
    }),
  },
  corrections: {
    columns: ['id', 'verdict', 'target_kind', 'target_id', 'reason', 'recorded_at'],
    toRow: (it) => [text(it.id), it.verdict, it.target.kind, text(it.target.id), text(it.reason), it.recordedAt],
    fromRow: (row) =>
      withoutAbsent({
        id: textOf(row['id']),
        verdict: textOf(row['verdict']) as Records['corrections']['verdict'],
        target: { kind: textOf(row['target_kind']) as Records['corrections']['target']['kind'], id: textOf(row['target_id']) },
        reason: optionalText(row['reason']),
        recordedAt: Number(row['recorded_at']),
      }),
  },
}

export function headOf(row: Row): Required<Head> {
  return { incarnation: textOf(row['incarnation']), version: Number(row['version']), generation: textOf(row['generation']) }
}

export function segmentInfoOf(row: Row): SegmentInfo {
  return { ...segmentVersionsOf(row), sizeBytes: Number(row['size_bytes']) }
}

export function segmentOf(row: Row): Segment {
  return { ...segmentVersionsOf(row), bytes: new Uint8Array(row['bytes'] as ArrayBuffer) }
}

function segmentVersionsOf(row: Row): Omit<Segment, 'bytes'> {
  return { id: textOf(row['id']), firstVersion: Number(row['first_version']), lastVersion: Number(row['last_version']) }
}

/** Nothing is counted where there is no row. */
export function countsOf(row: Row | undefined): Record<RecordKind, number> {
  const of = (kind: RecordKind) => Number(row?.[kind] ?? 0)
  return {
    episodes: of('episodes'),
    chunks: of('chunks'),
    senses: of('senses'),
    decisions: of('decisions'),
    facts: of('facts'),
    assertions: of('assertions'),
    corrections: of('corrections'),
  }
}

function objectColumns(object: FactObject): readonly unknown[] {
  return 'senseId' in object ? [text(object.senseId), null, null] : [null, text(object.value), object.valueType]
}

function objectOf(row: Row): FactObject {
  const senseId = optionalText(row['object_id'])
  if (senseId !== undefined) return { senseId }
  return { value: textOf(row['object_value']), valueType: textOf(row['object_value_type']) as 'text' | 'date' | 'quantity' | 'boolean' }
}

function validOf(row: Row): ValidTime {
  return withoutAbsent({
    from: optionalNumber(row['valid_from']),
    fromPrecision: optionalText(row['valid_from_precision']) as ValidTime['fromPrecision'],
    until: optionalNumber(row['valid_until']),
    untilPrecision: optionalText(row['valid_until_precision']) as ValidTime['untilPrecision'],
  })
}

function spanOf(row: Row): TextSpan {
  return { start: Number(row['span_start']), end: Number(row['span_end']) }
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : toStoredText(value)
}

function decimal(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

function textOf(value: unknown): string {
  return fromStoredText(String(value))
}

function optionalText(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : textOf(value)
}

function optionalNumber(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value)
}

function jsonOf<T>(value: unknown): T {
  return JSON.parse(String(value)) as T
}

/** A copy without the fields that are `undefined`. */
function withoutAbsent<T extends object>(
  fields: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
} {
  const present = { ...fields }
  for (const key in present) if (present[key] === undefined) delete present[key]
  return present as never
}
