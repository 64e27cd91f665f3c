import { z } from 'zod'
import { type Extraction, entityTypes, GraphMemError } from '../spec/index.ts'

const place = z.int().min(0)
const instant = z.int().optional()
const precision = z.enum(['year', 'month', 'day', 'second']).optional()
const share = z.number().min(0).max(1)
const span = z.object({ start: place, end: place }).refine(({ start, end }) => end > start)
const value = z.object({ value: z.string(), valueType: z.enum(['text', 'date', 'quantity', 'boolean']) })
const extractionSchema = z.object({
  names: z.array(
    z.object({
      name: z.union([z.string(), z.object({ role: z.enum(['self', 'speaker']) })]),
      type: z.enum(entityTypes),
      of: place.optional(),
      discriminator: z.string().optional(),
      mentions: z.array(span),
    }),
  ),
  facts: z.array(
    z.object({
      subject: place,
      predicate: z.string().min(1),
      object: z.union([z.object({ name: place }), value]),
      span,
      valid: z.object({ from: instant, fromPrecision: precision, until: instant, untilPrecision: precision }),
      negated: z.boolean(),
      exclusive: z.boolean(),
      confidence: share,
    }),
  ),
  same: z.array(z.object({ a: place, b: place, confidence: share })),
})

/** Checks what a reasoner read in a passage of this length. @throws GraphMemError `ADAPTER_INVALID` */
export function checkExtraction(extraction: Extraction, textLength: number): void {
  const result = extractionSchema.safeParse(extraction)
  if (result.success && isWithin(result.data as Extraction, textLength)) return
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
