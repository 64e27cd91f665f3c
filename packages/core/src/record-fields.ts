import { z } from 'zod'

/** The longest text of one episode, in UTF-16 code units. */
export const maxTextLength = 4_000_000

// The bounds of what stands in records, for what is ingested and for what is imported alike: whatever came in once comes in again.
export const text: z.ZodString = z.string().max(maxTextLength)
export const label: z.ZodString = z.string().max(10_000)
/** What dates can be. */
export const instant: z.ZodInt = z.int().min(-8.64e15).max(8.64e15)
export const place: z.ZodInt = z.int().min(0)
export const share: z.ZodNumber = z.number().min(0).max(1)
export const precision: z.ZodEnum<{ year: 'year'; month: 'month'; day: 'day'; second: 'second' }> = z.enum([
  'year',
  'month',
  'day',
  'second',
])
export const valueType: z.ZodEnum<{ text: 'text'; date: 'date'; quantity: 'quantity'; boolean: 'boolean' }> = z.enum([
  'text',
  'date',
  'quantity',
  'boolean',
])
