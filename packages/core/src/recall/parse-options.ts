import { z } from 'zod'
import { checkInput } from '../check-input.ts'
import type { LoadedChunk } from '../index-segments/recall-index.ts'
import { isoInstant } from '../iso-instant.ts'
import { type Budget, budgetSchema } from '../models/budget.ts'
import type { Instant } from '../spec/index.ts'
import { compileFilter } from './compile-filter.ts'
import type { QueryOptions } from './recall-result.ts'

/** The options of a recall or a query, checked, with their defaults. */
export interface RecallPlan {
  readonly question: string
  readonly limit: number
  readonly maxContextTokens: number
  readonly minConfidence: number
  /** When the question is asked. */
  readonly at: Instant
  /** The moment of valid time it is about. */
  readonly asOf: Instant
  readonly knownAt: Instant | undefined
  readonly history: boolean
  /** What to explain beside the returned passages; `undefined` for no explanation. */
  readonly explain: { readonly chunkIds: readonly string[] } | undefined
  readonly passes: (chunk: LoadedChunk) => boolean
  readonly budget: Budget | undefined
  readonly signal: AbortSignal | undefined
  readonly onStage: QueryOptions['onStage']
}

const time = z.union([z.date(), z.string()], 'is not a Date or an ISO 8601 string')
const optionsSchema = z.strictObject({
  limit: z.int().min(1).max(1_000).optional(),
  maxContextTokens: z.int().min(1).max(1_000_000).optional(),
  minConfidence: z.number().min(0).max(1).optional(),
  at: time.optional(),
  asOf: time.optional(),
  knownAt: time.optional(),
  history: z.boolean().optional(),
  where: z.unknown().optional(),
  explain: z.union([z.boolean(), z.strictObject({ chunkIds: z.array(z.string()).max(1_000).optional() })]).optional(),
  budget: budgetSchema.optional(),
  onStage: z.custom<NonNullable<QueryOptions['onStage']>>((value) => typeof value === 'function', 'is not a function').optional(),
  signal: z.instanceof(AbortSignal).optional(),
})
const questionSchema = z
  .string()
  .max(10_000, 'is over 10,000 characters')
  .refine((value) => value.trim() !== '', 'is empty')
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'is not text')

/** @throws GraphMemError `INPUT_INVALID` naming the option. */
export function parseOptions(question: string, options: QueryOptions, now: Instant): RecallPlan {
  const checked = checkInput(optionsSchema, options, 'recall', 'options')
  const at = checked.at === undefined ? now : isoInstant(checked.at, 'at')
  return {
    question: checkInput(questionSchema, question, 'recall with this question', 'question'),
    limit: checked.limit ?? 10,
    maxContextTokens: checked.maxContextTokens ?? 2_000,
    minConfidence: checked.minConfidence ?? 0.5,
    at,
    asOf: checked.asOf === undefined ? at : isoInstant(checked.asOf, 'asOf'),
    knownAt: checked.knownAt === undefined ? undefined : isoInstant(checked.knownAt, 'knownAt'),
    history: checked.history ?? false,
    explain: explainPlan(checked.explain),
    passes: compileFilter(options.where),
    budget: checked.budget,
    signal: checked.signal,
    onStage: checked.onStage,
  }
}

function explainPlan(explain: boolean | { readonly chunkIds?: readonly string[] | undefined } | undefined): RecallPlan['explain'] {
  if (explain === undefined || explain === false) return undefined
  return { chunkIds: explain === true ? [] : (explain.chunkIds ?? []) }
}
