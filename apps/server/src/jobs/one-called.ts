import type { HashedUser } from '../who/hashed-user.ts'

/** Which users have a job that was taken up and waits for a turn: one each, so that who is held back takes no more than one place from the others. */
export class OneCalled {
  readonly #called = new Map<HashedUser, Promise<void>>()

  /** Resolves when the user's job has its turn, or needs none; `undefined` where none waits for one. */
  of(user: HashedUser): Promise<void> | undefined {
    return this.#called.get(user)
  }

  /** @returns what to call once the job has its turn, or needs none; as often as may be */
  call(user: HashedUser): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#called.set(user, promise)
    return () => {
      if (this.#called.get(user) === promise) this.#called.delete(user)
      resolve()
    }
  }
}
