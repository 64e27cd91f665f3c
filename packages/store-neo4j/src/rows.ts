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

/** A row, or the properties of a node, as the driver gives them. */
export type Row = Readonly<Record<string, unknown>>

/** How records of a kind stand in their nodes, apart from their scope. */
export interface NodeMapping<R> {
  readonly label: string
  toNode(record: R): Row
  fromNode(properties: Row): R
}

/**
 * One mapping a kind. Scalars and lists of strings are properties of their own, what Neo4j cannot keep is JSON. Whole numbers are integers of
 * Neo4j, others its floats, which are the same 64 bits.
 */
export const nodeMappings: { readonly [K in RecordKind]: NodeMapping<Records[K]> } = {
  episodes: {
    label: 'Episode',
    toNode: (it) => ({
      id: text(it.id),
      key: text(it.key),
      keyStart: lookupText(it.key),
      kind: it.kind,
      text: text(it.text),
      title: text(it.title),
      source: text(it.source),
      at: number(it.at),
      session: text(it.session),
      sequence: number(it.sequence),
      role: it.role,
      speaker: text(it.speaker),
      tags: it.tags.map(toStoredText),
      metadata: JSON.stringify(it.metadata),
      importance: number(it.importance),
      contentHash: text(it.contentHash),
      chunkCount: number(it.chunkCount),
      recordedAt: number(it.recordedAt),
      retiredAt: number(it.retiredAt),
    }),
    fromNode: (it) =>
      withoutAbsent({
        id: textOf(it['id']),
        key: textOf(it['key']),
        kind: textOf(it['kind']) as Records['episodes']['kind'],
        text: textOf(it['text']),
        title: optionalText(it['title']),
        source: optionalText(it['source']),
        at: optionalNumber(it['at']),
        session: optionalText(it['session']),
        sequence: optionalNumber(it['sequence']),
        role: optionalText(it['role']) as Records['episodes']['role'],
        speaker: optionalText(it['speaker']),
        tags: (it['tags'] as readonly unknown[]).map(textOf),
        metadata: jsonOf<Records['episodes']['metadata']>(it['metadata']),
        importance: optionalNumber(it['importance']),
        contentHash: textOf(it['contentHash']),
        chunkCount: Number(it['chunkCount']),
        recordedAt: Number(it['recordedAt']),
        retiredAt: optionalNumber(it['retiredAt']),
      }),
  },
  chunks: {
    label: 'Chunk',
    toNode: (it) => ({
      id: text(it.id),
      episodeId: text(it.episodeId),
      index: number(it.index),
      ...spanProperties(it.span),
      text: text(it.text),
      sentences: JSON.stringify(it.sentences),
      mentions: JSON.stringify(it.mentions),
      senseIds: [...new Set(it.mentions.map(({ senseId }) => toStoredText(senseId)))],
      recordedAt: number(it.recordedAt),
    }),
    fromNode: (it) => ({
      id: textOf(it['id']),
      episodeId: textOf(it['episodeId']),
      index: Number(it['index']),
      span: spanOf(it),
      text: textOf(it['text']),
      sentences: jsonOf<readonly TextSpan[]>(it['sentences']),
      mentions: jsonOf<Records['chunks']['mentions']>(it['mentions']),
      recordedAt: Number(it['recordedAt']),
    }),
  },
  senses: {
    label: 'Sense',
    toNode: (it) => ({
      id: text(it.id),
      key: text(it.key),
      discriminator: text(it.discriminator),
      block: text(it.block),
      blockStart: lookupText(it.block),
    }),
    fromNode: (it) => ({
      id: textOf(it['id']),
      key: textOf(it['key']),
      discriminator: textOf(it['discriminator']),
      block: textOf(it['block']),
    }),
  },
  decisions: {
    label: 'Decision',
    toNode: (it) => ({
      id: text(it.id),
      verdict: it.verdict,
      senseIds: it.senses.map(toStoredText),
      rule: text(it.rule),
      confidence: number(it.confidence),
      chunkId: text(it.chunkId),
      recordedAt: number(it.recordedAt),
    }),
    fromNode: (it) => {
      const [first, second] = it['senseIds'] as readonly unknown[]
      return withoutAbsent({
        id: textOf(it['id']),
        verdict: textOf(it['verdict']) as Records['decisions']['verdict'],
        senses: [textOf(first), textOf(second)] as const,
        rule: textOf(it['rule']),
        confidence: Number(it['confidence']),
        chunkId: optionalText(it['chunkId']),
        recordedAt: Number(it['recordedAt']),
      })
    },
  },
  facts: {
    label: 'Fact',
    toNode: (it) => ({
      id: text(it.id),
      subjectId: text(it.subjectId),
      predicate: text(it.predicate),
      ...objectProperties(it.object),
      exclusive: it.exclusive,
      from: number(it.from),
    }),
    fromNode: (it) =>
      withoutAbsent({
        id: textOf(it['id']),
        subjectId: textOf(it['subjectId']),
        predicate: textOf(it['predicate']),
        object: objectOf(it),
        exclusive: it['exclusive'] === true,
        from: optionalNumber(it['from']),
      }),
  },
  assertions: {
    label: 'Assertion',
    toNode: (it) => ({
      id: text(it.id),
      factId: text(it.factId),
      chunkId: text(it.chunkId),
      ...spanProperties(it.span),
      validFrom: number(it.valid.from),
      validFromPrecision: it.valid.fromPrecision,
      validUntil: number(it.valid.until),
      validUntilPrecision: it.valid.untilPrecision,
      negated: it.negated,
      confidence: number(it.confidence),
    }),
    fromNode: (it) => ({
      id: textOf(it['id']),
      factId: textOf(it['factId']),
      chunkId: textOf(it['chunkId']),
      span: spanOf(it),
      valid: validOf(it),
      negated: it['negated'] === true,
      confidence: Number(it['confidence']),
    }),
  },
  corrections: {
    label: 'Correction',
    toNode: (it) => ({
      id: text(it.id),
      verdict: it.verdict,
      targetKind: it.target.kind,
      targetId: text(it.target.id),
      reason: text(it.reason),
      recordedAt: number(it.recordedAt),
    }),
    fromNode: (it) =>
      withoutAbsent({
        id: textOf(it['id']),
        verdict: textOf(it['verdict']) as Records['corrections']['verdict'],
        target: { kind: textOf(it['targetKind']) as Records['corrections']['target']['kind'], id: textOf(it['targetId']) },
        reason: optionalText(it['reason']),
        recordedAt: Number(it['recordedAt']),
      }),
  },
}

export function headOf(row: Row): Required<Head> {
  return { incarnation: textOf(row['incarnation']), version: Number(row['version']), generation: textOf(row['generation']) }
}

export function segmentNode({ id, firstVersion, lastVersion, bytes }: Segment): Row {
  return {
    id: toStoredText(id),
    firstVersion: number(firstVersion),
    lastVersion: number(lastVersion),
    sizeBytes: number(bytes.length),
    // The driver takes bytes for bytes only in this kind of array.
    bytes: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
  }
}

export function segmentInfoOf(row: Row): SegmentInfo {
  return { ...segmentVersionsOf(row), sizeBytes: Number(row['sizeBytes']) }
}

export function segmentOf(row: Row): Segment {
  return { ...segmentVersionsOf(row), bytes: Uint8Array.from(row['bytes'] as Int8Array) }
}

function segmentVersionsOf(row: Row): Omit<Segment, 'bytes'> {
  return { id: textOf(row['id']), firstVersion: Number(row['firstVersion']), lastVersion: Number(row['lastVersion']) }
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

const maxLookupLength = 500

/** What an index holds of a text: its beginning, because an index of Neo4j takes no more than 8 KB. */
export function lookupText(value: string): string {
  return toStoredText(value.slice(0, maxLookupLength))
}

function objectProperties(object: FactObject): Row {
  return 'senseId' in object ? { objectId: text(object.senseId) } : { objectValue: text(object.value), objectValueType: object.valueType }
}

function objectOf(it: Row): FactObject {
  const senseId = optionalText(it['objectId'])
  if (senseId !== undefined) return { senseId }
  return { value: textOf(it['objectValue']), valueType: textOf(it['objectValueType']) as 'text' | 'date' | 'quantity' | 'boolean' }
}

function validOf(it: Row): ValidTime {
  return withoutAbsent({
    from: optionalNumber(it['validFrom']),
    fromPrecision: optionalText(it['validFromPrecision']) as ValidTime['fromPrecision'],
    until: optionalNumber(it['validUntil']),
    untilPrecision: optionalText(it['validUntilPrecision']) as ValidTime['untilPrecision'],
  })
}

function spanProperties({ start, end }: TextSpan): Row {
  return { spanStart: number(start), spanEnd: number(end) }
}

function spanOf(it: Row): TextSpan {
  return { start: Number(it['spanStart']), end: Number(it['spanEnd']) }
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : toStoredText(value)
}

/** The driver sends a bigint as an integer, and a number as a float. */
function number(value: number | undefined): bigint | number | undefined {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value as number) : value
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
