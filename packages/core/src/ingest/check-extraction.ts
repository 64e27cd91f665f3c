import { z } from 'zod'
import { instant, label, place, precision, share, text, valueType } from '../record-fields.ts'
import { type Extraction, entityTypes, GraphMemError } from '../spec/index.ts'

const span = z.object({ start: place, end: place }).refine(({ start, end }) => end > start)
const value = z.object({ value: text, valueType })
const valid = z.object({
  from: instant.optional(),
  fromPrecision: precision.optional(),
  until: instant.optional(),
  untilPrecision: precision.optional(),
})
const extractionSchema = z.object({
  names: z.array(
    z.object({
      name: z.union([label, z.object({ role: z.enum(['self', 'speaker']) })]),
      type: z.enum(entityTypes),
      of: place.optional(),
      discriminator: label.optional(),
      mentions: z.array(span),
    }),
  ),
  facts: z.array(
    z.object({
      subject: place,
      predicate: label.min(1),
      object: z.union([z.object({ name: place }), value]),
      span,
      valid,
      negated: z.boolean(),
      exclusive: z.boolean(),
      confidence: share,
    }),
  ),
  same: z.array(z.object({ a: place, b: place, confidence: share })),
})

/** What a reasoner read in a passage of this length, checked, and without what is not of the agreed form. @throws GraphMemError `ADAPTER_INVALID` */
export function checkExtraction(extraction: Extraction, textLength: number): Extraction {
  const result = extractionSchema.safeParse(extraction)
  if (result.success && isWithin(result.data as Extraction, textLength)) return result.data as Extraction
  const field = result.error?.issues[0]?.path.map(String).join('.')
  throw new GraphMemError({
    code: 'ADAPTER_INVALID',
    ...(field === undefined ? {} : { field }),
    message: `Cannot use what the reasoner extracted: ${field === undefined ? 'a place of a name or a span lies outside of the passage' : `${field || 'it'} is not of the agreed form`}. The reasoner has to be mended.`,
  })
}

function isWithin({ names, facts, same }: Extraction, textLength: number): boolean {
  const isName = (index: number) => index < names.length
  return (
    names.every(({ mentions, of = 0 }) => isName(of) && mentions.every(({ end }) => end <= textLength)) &&
    facts.every(({ subject, object, span }) => isName(subject) && ('value' in object || isName(object.name)) && span.end <= textLength) &&
    same.every(({ a, b }) => isName(a) && isName(b))
  )
}
