import type { IngestRequest } from './ingest-request.ts'
import type { ServerLife } from './server-life.ts'

/** What a user was told, and so may hold the servers to. */
export interface SentIngest extends IngestRequest {
  readonly userId: string
  /** 200: it is remembered. 202: it will be. `undefined`: whether it was taken is not known. */
  acknowledged?: 200 | 202
  /** The job of a 202, and who took it. */
  job?: { readonly id: string; readonly takenBy: ServerLife }
}

/** An answer that a server gave. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly from: ServerLife
}

/** All that was asked of the servers, and what they said. */
export class Ledger {
  readonly ingests: SentIngest[] = []
  /** The texts of episodes that somebody began to erase. */
  readonly erasing: Set<string> = new Set()
  /** Those whose erasure was acknowledged. */
  readonly erased: Set<string> = new Set()
  requests = 0
  /** Requests that no answer came to: the connection was refused, or broke. */
  broken = 0
  /** Of these, those that were under way when the process was told to stop by SIGTERM. */
  cutByTerm = 0
  /** Requests that were asked again for minutes, in vain. */
  unanswered = 0
  readonly statuses: Map<number, number> = new Map()
  /** Answers of 500 and above, but 503 with `Retry-After`. */
  failures = 0
  /** Answers that nothing here should lead to. */
  unexpected = 0
  readonly examples: string[] = []
  readonly #requestIds = new Map<string, Set<string>>()

  /** The ids of requests that were answered, a user: the audit trail has to hold them. */
  get requestIds(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#requestIds
  }

  get acknowledged(): number {
    return this.#requestIds.values().reduce((sum, { size }) => sum + size, 0)
  }

  /** @param isExpected whether a status of 400 and above is an answer as good as any here */
  answered(userId: string, what: string, { status, headers, text }: Answer, isExpected: boolean): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
    if (status < 400 || isExpected) {
      const own = this.#requestIds.get(userId) ?? new Set()
      this.#requestIds.set(userId, own.add(headers.get('x-request-id') ?? 'none'))
    } else if (status === 503 && headers.has('retry-after')) return
    else {
      if (status >= 500) this.failures += 1
      else this.unexpected += 1
      this.note(`${what}: ${status} ${text.slice(0, 200)}`)
    }
  }

  note(example: string): void {
    if (this.examples.length < 12) this.examples.push(example)
  }
}
