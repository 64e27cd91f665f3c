import { z } from 'zod'
import { instant, label, place, precision, share, text, valueType } from '../record-fields.ts'
import { entityTypes, type RecordKind, type Records, recordKinds } from '../spec/index.ts'
import type { VectorText } from './vector-text.ts'

/** 128 bits in base32, as all ids are. */
const id = z.string().regex(/^[a-z2-7]{26}$/, 'is not an id')
const span = z.strictObject({ start: place, end: place }).refine(({ start, end }) => start <= end, 'ends before it starts')
const metadata = z
  .custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'is not an object',
  )
  .refine((value) => !Object.hasOwn(value, '__proto__'), 'has a key that none can have')
  .pipe(z.record(label, z.union([z.string().max(10_000), z.number(), z.boolean()])))

const schemas: { readonly [K in RecordKind]: z.ZodType } = {
  episodes: z.strictObject({
    id,
    key: label.min(1),
    kind: z.enum(['text', 'turn', 'document']),
    text,
    title: label.optional(),
    source: label.optional(),
    at: instant.optional(),
    session: label.optional(),
    sequence: place.optional(),
    role: z.enum(['user', 'assistant', 'system']).optional(),
    speaker: label.optional(),
    tags: z.array(label).max(100),
    metadata,
    importance: z.number().min(0).max(10).optional(),
    contentHash: z.string().regex(/^[a-z2-7]{52}$/, 'is not a hash'),
    chunkCount: place,
    recordedAt: instant,
    retiredAt: instant.optional(),
  }),
  chunks: z.strictObject({
    id,
    episodeId: id,
    index: place,
    span,
    text,
    sentences: z.array(span),
    mentions: z.array(z.strictObject({ senseId: id, span, type: z.enum(entityTypes) })),
    recordedAt: instant,
  }),
  // A key may be many times as long as the name it is of: signs are written out.
  senses: z.strictObject({ id, key: text.min(1), discriminator: text, block: text }),
  decisions: z.strictObject({
    id,
    verdict: z.enum(['same', 'different']),
    senses: z.tuple([id, id]).refine(([first, second]) => first < second, 'are not two in order'),
    rule: label,
    confidence: share,
    chunkId: id.optional(),
    recordedAt: instant,
  }),
  facts: z.strictObject({
    id,
    subjectId: id,
    predicate: label.min(1),
    object: z.union([z.strictObject({ senseId: id }), z.strictObject({ value: text, valueType })]),
    exclusive: z.boolean(),
    from: instant.optional(),
  }),
  assertions: z.strictObject({
    id,
    factId: id,
    chunkId: id,
    span,
    valid: z.strictObject({
      from: instant.optional(),
      fromPrecision: precision.optional(),
      until: instant.optional(),
      untilPrecision: precision.optional(),
    }),
    negated: z.boolean(),
    confidence: share,
  }),
  corrections: z.strictObject({
    id,
    verdict: z.enum(['retract', 'restore', 'pin', 'unpin']),
    target: z.strictObject({ kind: z.enum(['facts', 'decisions']), id }),
    reason: z.string().max(2_000).optional(),
    recordedAt: instant,
  }),
}

/** A line with a record of a kind. */
export type RecordLine = {
  readonly [K in RecordKind]: { readonly kind: K; readonly record: Records[K]; readonly vector?: VectorText }
}[RecordKind]

const vector = z.strictObject({ scale: z.number().min(0), steps: z.string() })

export const recordLine: z.ZodType<RecordLine> = z.discriminatedUnion(
  'kind',
  recordKinds.map((kind) =>
    z.strictObject({ kind: z.literal(kind), record: schemas[kind], ...(kind === 'chunks' ? { vector } : {}) }),
  ) as never,
) as unknown as z.ZodType<RecordLine>

const counts = z.strictObject({
  episodes: place,
  chunks: place,
  senses: place,
  decisions: place,
  facts: place,
  assertions: place,
  corrections: place,
})

export const headerLine: z.ZodType<{ readonly generation?: string | undefined; readonly records: Readonly<Record<RecordKind, number>> }> =
  z.strictObject({
    format: z.string(),
    formatVersion: z.number(),
    generation: z
      .string()
      .max(1_000)
      .regex(/^\P{Cc}+$/u, 'is empty or has a control character')
      .optional(),
    records: counts,
  })

export const endLine: z.ZodType<{
  readonly end: { readonly records: Readonly<Record<RecordKind, number>>; readonly digest: string; readonly checksum: string }
}> = z.strictObject({ end: z.strictObject({ records: counts, digest: z.string(), checksum: z.string() }) })

/** What is wrong with a value, without a word of what stands in it. */
export function problemOf(error: z.ZodError): { readonly field: string; readonly problem: string } {
  const issue = error.issues[0]
  const path = (issue?.path ?? []).map(String)
  // The keys of metadata, and those that are unknown, are the writer's words.
  const known = path.includes('metadata') ? path.slice(0, path.indexOf('metadata') + 1) : path
  const problem = issue?.code === 'unrecognized_keys' ? 'has a field too many' : issue?.message
  return { field: known.length === 0 ? 'line' : known.join('.'), problem: (problem ?? 'is not of the expected form').replace(/\.$/, '') }
}
