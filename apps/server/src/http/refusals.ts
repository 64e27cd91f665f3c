/** How far apart the refusals of one user are, in milliseconds. */
const apartMs = 200
/** For how long a refusal is held at most. */
const longestMs = 10_000

/**
 * Holds refusals, so that refusing takes little of the process: whoever asks again at once, on however many connections, is told five times a second, and the
 * connections wait. The first after a while is told at once.
 */
export class Refusals {
  /** Of users who were refused lately, when they may be told again. */
  readonly #next = new Map<string, number>()

  /** Resolves when the user may be told. */
  async turn(userId: string): Promise<void> {
    const now = performance.now()
    const at = Math.min(Math.max(now, this.#next.get(userId) ?? now), now + longestMs)
    this.#next.set(userId, at + apartMs)
    if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now))
    for (const [other, next] of this.#next) if (next <= performance.now()) this.#next.delete(other)
  }
}
