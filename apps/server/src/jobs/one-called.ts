import { setTimeout as wait } from 'node:timers/promises'

/** Which users have a job that was taken up and waits for a turn: one each, so that who is held back takes no more than one place from the others. */
export class OneCalled {
  readonly #called = new Map<string, Promise<void>>()

  /**
   * Waits until no other job of the user waits for a turn.
   *
   * @returns what to call once this one has its turn, or needs none; `undefined` when it took longer than `patienceMs`
   */
  async enter(user: string, patienceMs: number): Promise<(() => void) | undefined> {
    const end = new AbortController()
    const tooLong = wait(patienceMs, true, { signal: end.signal }).catch(() => true)
    try {
      for (let other = this.#called.get(user); other !== undefined; other = this.#called.get(user)) {
        if ((await Promise.race([other, tooLong])) === true) return undefined
      }
      return this.#enter(user)
    } finally {
      end.abort()
    }
  }

  #enter(user: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#called.set(user, promise)
    return () => {
      if (this.#called.get(user) === promise) this.#called.delete(user)
      resolve()
    }
  }
}
