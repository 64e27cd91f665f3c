import type { ApproximateDate, EntityView, FactView } from '@graphmem/core'
import { z } from '@hono/zod-openapi'

const dateSchema = z.strictObject({ date: z.string(), precision: z.string() }).openapi('ApproximateDate')
const place = z.strictObject({ episodeId: z.string(), chunkId: z.string(), start: z.int(), end: z.int() })
const reference = z.strictObject({ entityId: z.string(), name: z.string() })

export const factSchema = z
  .strictObject({
    id: z.string(),
    subject: reference,
    predicate: z.string(),
    object: z.union([reference, z.strictObject({ value: z.string(), valueType: z.string() })]),
    negated: z.boolean(),
    holds: z.boolean(),
    pinned: z.boolean(),
    validFrom: dateSchema.optional(),
    validUntil: dateSchema.optional(),
    supersededBy: z.string().optional(),
    contradictedBy: place.optional(),
    confidence: z.number(),
    support: z.array(place),
  })
  .openapi('Fact')

export const entitySchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    aliases: z.array(z.string()),
    type: z.string(),
    isSelf: z.boolean(),
    mentions: z.int(),
  })
  .openapi('Entity')

export function factJson(fact: FactView): z.infer<typeof factSchema> {
  const { id, subject, predicate, object, negated, holds, pinned, supersededBy, contradictedBy, confidence, support } = fact
  return {
    ...{ id, predicate, negated, holds, pinned, confidence },
    subject: { entityId: subject.entityId, name: subject.name },
    object: 'value' in object ? { value: object.value, valueType: object.valueType } : { entityId: object.entityId, name: object.name },
    support: support.map((each) => ({ ...each })),
    ...(fact.validFrom === undefined ? {} : { validFrom: dateJson(fact.validFrom) }),
    ...(fact.validUntil === undefined ? {} : { validUntil: dateJson(fact.validUntil) }),
    ...(supersededBy === undefined ? {} : { supersededBy }),
    ...(contradictedBy === undefined ? {} : { contradictedBy: { ...contradictedBy } }),
  }
}

function dateJson({ date, precision }: ApproximateDate): z.infer<typeof dateSchema> {
  return { date: date.toISOString(), precision }
}

export function entityJson({ id, name, aliases, type, isSelf, mentions }: EntityView): z.infer<typeof entitySchema> {
  return { id, name, aliases: [...aliases], type, isSelf, mentions }
}
