import { z } from 'zod'

/** What may be spent; what is left out is not limited. A request that could go beyond is not made: what it takes at most is set aside before. */
export interface Budget {
  /** Requests, those that were tried again each counted. 0 and up. */
  readonly calls?: number
  /** Tokens of input and output. 0 and up. */
  readonly tokens?: number
  /** US dollars. 0 and up. Needs a known price for every model used. */
  readonly usd?: number
}

/** What each user may spend in this process within a stretch of time, which begins with the user's first request and again with the first one after it. */
export interface UserBudget extends Budget {
  /** Milliseconds, from 1 up. */
  readonly perMs: number
}

const amounts = { calls: z.int().min(0).optional(), tokens: z.int().min(0).optional(), usd: z.number().min(0).optional() }

export const budgetSchema = z.strictObject(amounts) as z.ZodType<Budget>
export const userBudgetSchema = z.strictObject({ ...amounts, perMs: z.number().min(1) }) as z.ZodType<UserBudget>
