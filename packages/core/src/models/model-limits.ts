import { z } from 'zod'
import { GraphMemError } from '../spec/index.ts'

/** What one model may be asked, in this process, and how long is waited for it. */
export interface ModelLimits {
  /** Requests under way at once, from 1 up. Default 8. */
  readonly concurrency?: number
  /** Default: not limited. */
  readonly requestsPerMinute?: number
  /** Tokens of input and output. A request counts as what it may take at most, until it is known what it took. Default: not limited. */
  readonly tokensPerMinute?: number
  /** How long one request may take, in milliseconds from 1 up. Default 60,000. */
  readonly timeoutMs?: number
  /** How often a request that failed is made again, from 0 up. Default 4. */
  readonly retries?: number
  /** The longest `Retry-After` that is waited for, in milliseconds. Beyond it requests fail at once. Default 60,000. */
  readonly maxWaitMs?: number
}

/** One for all models, or by the model's id. */
export type ModelLimitsOption = ModelLimits | ((modelId: string) => ModelLimits)

/** With the defaults. */
export type CheckedLimits = ModelLimits & Required<Omit<ModelLimits, 'requestsPerMinute' | 'tokensPerMinute'>>

const milliseconds = z.number().max(2 ** 31 - 1)

const schema = z.strictObject({
  concurrency: z.int().min(1).default(8),
  requestsPerMinute: z.number().positive().optional(),
  tokensPerMinute: z.number().positive().optional(),
  timeoutMs: milliseconds.min(1).default(60_000),
  retries: z.int().min(0).max(100).default(4),
  maxWaitMs: milliseconds.min(0).default(60_000),
})

/** @throws GraphMemError `CONFIG_INVALID` for what are no limits */
export function checkedLimits(limits: unknown): CheckedLimits {
  const checked = schema.safeParse(limits)
  if (checked.success) return checked.data as CheckedLimits
  const field = ['modelLimits', ...(checked.error.issues[0]?.path ?? [])].map(String).join('.')
  throw new GraphMemError({
    code: 'CONFIG_INVALID',
    field,
    message: `Cannot keep to the limits of models: ${field} is not as in ModelLimits.`,
  })
}
