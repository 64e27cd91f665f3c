import { z } from 'zod'
import { instant, label, place, precision, share, text, valueType } from '../record-fields.ts'
import { type Extraction, entityTypes, GraphMemError, type Known } from '../spec/index.ts'

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
  resolved: z.array(z.object({ name: place, entity: place, confidence: share })).optional(),
  contradicted: z.array(z.object({ fact: place, span, valid, confidence: share })).optional(),
})

/**
 * What a reasoner read in a passage of this length, told of what is known near it, checked, and without what is not of the agreed form.
 *
 * @throws GraphMemError `ADAPTER_INVALID`
 */
export function checkExtraction(extraction: Extraction, textLength: number, known: Known | undefined): Extraction {
  const result = extractionSchema.safeParse(extraction)
  if (result.success && isWithin(result.data as Extraction, textLength, known)) return result.data as Extraction
  const field = result.error?.issues[0]?.path.map(String).join('.')
  throw new GraphMemError({
    code: 'ADAPTER_INVALID',
    ...(field === undefined ? {} : { field }),
    message: `Cannot use what the reasoner extracted: ${field === undefined ? 'a place of a name or a span lies outside of the passage, or of what is known' : `${field || 'it'} is not of the agreed form`}. The reasoner has to be mended.`,
  })
}

function isWithin(
  { names, facts, same, resolved = [], contradicted = [] }: Extraction,
  textLength: number,
  known: Known | undefined,
): boolean {
  const isName = (index: number) => index < names.length
  return (
    names.every(({ mentions, of = 0 }) => isName(of) && mentions.every(({ end }) => end <= textLength)) &&
    facts.every(({ subject, object, span }) => isName(subject) && ('value' in object || isName(object.name)) && span.end <= textLength) &&
    same.every(({ a, b }) => isName(a) && isName(b)) &&
    resolved.every(({ name, entity }) => isName(name) && entity < (known?.entities.length ?? 0)) &&
    contradicted.every(({ fact, span }) => fact < (known?.facts.length ?? 0) && span.end <= textLength)
  )
}
