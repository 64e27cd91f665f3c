import { type Scope, scopeKey, unlessAborted } from '../spec/index.ts'

/**
 * Which chunks are being read in this process. Whoever comes to the same ones of the same memory waits until they are written, or have failed, so that
 * nobody pays for a chunk that another is at work on.
 */
export class ChunkClaims {
  readonly #claimed = new Map<string, Promise<void>>()

  /** Works on chunks that nobody else is at work on meanwhile. Claims all of them at once, or none: two can never wait for each other. */
  async run<T>(scope: Scope, chunkIds: readonly string[], signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const keys = chunkIds.map((id) => `${scopeKey(scope)}${id}`)
    for (;;) {
      const others = keys.flatMap((key) => this.#claimed.get(key) ?? [])
      if (others.length === 0) break
      await unlessAborted(Promise.all(others), signal)
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    for (const key of keys) this.#claimed.set(key, promise)
    try {
      return await work()
    } finally {
      for (const key of keys) this.#claimed.delete(key)
      resolve()
    }
  }
}
