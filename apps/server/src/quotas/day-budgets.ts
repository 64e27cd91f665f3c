import type { Budget } from '@graphmem/core'
import type { ProblemError } from '../http/problem.ts'
import { type ServerRedis, unlessRedisFails } from '../redis/server-redis.ts'
import type { HashedUser } from '../who/hashed-user.ts'
import { CountWindow } from './count-window.ts'
import type { ModelCall } from './model-calls.ts'
import { usedUp } from './quota-problems.ts'
import type { QuotaLimits } from './quotas.ts'
import type { Usage } from './usage.ts'

const day = 24 * 3_600
/** Money is counted in whole billionths of a dollar. */
const partsOfDollar = 1_000_000_000

/** What models may take of each user in a day: tokens and money. */
export class DayBudgets {
  readonly #tokens: CountWindow
  readonly #usd: CountWindow

  constructor({ tokensPerDay, usdPerDay }: Pick<QuotaLimits, 'tokensPerDay' | 'usdPerDay'>, redis: ServerRedis | undefined) {
    this.#tokens = new CountWindow({ name: 'tokens', seconds: day, limit: tokensPerDay }, redis)
    this.#usd = new CountWindow({ name: 'usd', seconds: day, limit: usdPerDay, parts: partsOfDollar }, redis)
  }

  /** @throws ProblemError 429 when nothing is left */
  async left(user: HashedUser): Promise<Budget> {
    const { tokens, usd } = await this.#left(user)
    if (tokens?.amount === 0) throw usedUp('tokens', tokens.waitMs)
    if (usd?.amount === 0) throw usedUp('usd', usd.waitMs)
    return {
      ...(tokens === undefined ? {} : { tokens: tokens.amount }),
      ...(usd === undefined ? {} : { usd: usd.amount }),
    }
  }

  /** What to tell a user for whose work too little is left: to wait until both can be spent again, as far as they are limited. */
  async tooLittle(user: HashedUser): Promise<ProblemError> {
    const { tokens, usd } = await this.#left(user)
    return usedUp('budget', Math.max(tokens?.waitMs ?? 0, usd?.waitMs ?? 0) || day * 1_000)
  }

  async spend(user: HashedUser, { inputTokens, outputTokens, usd = 0 }: ModelCall): Promise<void> {
    await Promise.all([this.#tokens.add(user, inputTokens + outputTokens), this.#usd.add(user, usd)])
  }

  async usage(user: HashedUser): Promise<Pick<Usage, 'tokens' | 'usd'>> {
    return { tokens: await this.#tokens.usage(user), usd: await this.#usd.usage(user) }
  }

  async forget(user: HashedUser): Promise<void> {
    await Promise.all([this.#tokens.forget(user), this.#usd.forget(user)])
  }

  #left(user: HashedUser) {
    return unlessRedisFails(async () => {
      const [tokens, usd] = await Promise.all([this.#tokens.left(user), this.#usd.left(user)])
      return { tokens, usd }
    })
  }
}
