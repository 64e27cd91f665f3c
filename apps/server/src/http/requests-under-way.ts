type Fetch = (request: Request, env: unknown) => Response | Promise<Response>

/** Requests that a server is at, so that it can be told to end them and to get no more. */
export class RequestsUnderWay {
  readonly #answers = new Set<Promise<unknown>>()
  #isDraining = false

  /** Answers as `fetch` does. Once it drains, each answer ends its connection: else a client that always has something to ask would hold it open. */
  track(fetch: Fetch): Fetch {
    return (request, env) => {
      const answer = this.#lastOfConnection(fetch(request, env)).finally(() => this.#answers.delete(answer))
      this.#answers.add(answer)
      return answer
    }
  }

  /** Something that goes on when its answer has begun. */
  add(until: Promise<void>): void {
    const ended = until.finally(() => this.#answers.delete(ended))
    this.#answers.add(ended)
  }

  get isDraining(): boolean {
    return this.#isDraining
  }

  drain(): void {
    this.#isDraining = true
  }

  /** Resolves when nothing is under way. Also what nobody waits for any more has an end, and is recorded. */
  async ended(): Promise<void> {
    while (this.#answers.size > 0) await Promise.allSettled(this.#answers)
  }

  async #lastOfConnection(answer: Response | Promise<Response>): Promise<Response> {
    const response = await answer
    if (this.#isDraining) response.headers.set('connection', 'close')
    return response
  }
}
