import { setTimeout as wait } from 'node:timers/promises'
import type { HashedUser } from '../who/hashed-user.ts'

/** How often it is looked whether a user is held back by now, in milliseconds. */
const lookMs = 10

/** Which users have a job that was taken up and waits for a turn: one each, so that who is held back takes no more than one place from the others. */
export class OneCalled {
  readonly #called = new Map<HashedUser, Promise<void>>()
  readonly #isHeldBack: (user: HashedUser) => boolean

  constructor(isHeldBack: (user: HashedUser) => boolean) {
    this.#isHeldBack = isHeldBack
  }

  /**
   * Waits until no other job of the user waits for a turn.
   *
   * @returns what to call once this one has its turn, or needs none; `undefined` where the user is held back
   */
  async enter(user: HashedUser): Promise<(() => void) | undefined> {
    for (;;) {
      if (this.#isHeldBack(user)) return undefined
      const other = this.#called.get(user)
      if (other === undefined) return this.#call(user)
      await Promise.race([other, wait(lookMs)])
    }
  }

  #call(user: HashedUser): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#called.set(user, promise)
    return () => {
      if (this.#called.get(user) === promise) this.#called.delete(user)
      resolve()
    }
  }
}
