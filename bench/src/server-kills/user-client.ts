import { setTimeout as wait } from 'node:timers/promises'
import type { Fleet } from './fleet.ts'
import type { Answer, Ledger } from './ledger.ts'
import type { ServerLife } from './server-life.ts'

/** What a user asks. */
export interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const patienceMs = 180_000
const [shortestWaitMs, longestWaitMs] = [100, 2_000]

/** A user with a token, who asks one process, and the other when that one is gone. */
export class UserClient {
  readonly userId: string
  readonly #token: string
  readonly #fleet: Fleet
  readonly #ledger: Ledger

  constructor(userId: string, { token, fleet, ledger }: { readonly token: string; readonly fleet: Fleet; readonly ledger: Ledger }) {
    this.userId = userId
    this.#token = token
    this.#fleet = fleet
    this.#ledger = ledger
  }

  /** The same again until there is an answer other than 503. `undefined` when there was none for minutes, or `givesUp` says so after a broken connection. */
  async ask(asked: Asked, givesUp: () => boolean = () => false): Promise<Answer | undefined> {
    const start = performance.now()
    let last: ServerLife | undefined
    for (let attempt = 0; performance.now() - start < patienceMs; attempt += 1) {
      last = await this.#fleet.serving(last)
      const answer = await this.#askOnce(last, asked, attempt > 0)
      if (answer === undefined && givesUp()) return undefined
      if (answer !== undefined && answer.status !== 503) return answer
      const seconds = Number(answer?.headers.get('retry-after') ?? 0)
      await wait(Math.min(Math.max(seconds * 1_000, shortestWaitMs * 2 ** attempt), longestWaitMs))
    }
    this.#ledger.unanswered += 1
    this.#ledger.note(`${asked.path}: no answer for ${patienceMs / 1000} s`)
    return undefined
  }

  /** `undefined` when the connection broke. */
  async #askOnce(life: ServerLife, { path, method = 'GET', headers, body }: Asked, isAgain: boolean): Promise<Answer | undefined> {
    const ledger = this.#ledger
    ledger.requests += 1
    const start = performance.now()
    try {
      const response = await fetch(`${life.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, ...headers },
        ...(body === undefined ? {} : { body }),
      })
      const answer = { status: response.status, headers: response.headers, text: await response.text(), from: life }
      // What is erased twice, since nobody knew that it was, is not there the second time.
      ledger.answered(this.userId, `${method} ${path}`, answer, method === 'DELETE' && isAgain && answer.status === 404)
      return answer
    } catch {
      ledger.broken += 1
      if (life.ending?.by === 'SIGTERM' && start < life.ending.at) ledger.cutByTerm += 1
      return undefined
    }
  }
}
