import { type ScopedGraph, scopeKey } from './spec/index.ts'

/** Puts the writes of one memory in this process in a row; those of different memories go on side by side. */
export class WriteQueue {
  readonly #last = new Map<string, Promise<unknown>>()

  async run<T>(graph: ScopedGraph, write: () => Promise<T>): Promise<T> {
    const key = scopeKey(graph.scope)
    const before = this.#last.get(key)
    // A write that failed is the concern of whoever asked for it, not of the next.
    const mine = (before ?? Promise.resolve()).then(write, write)
    const settled = mine.catch(() => undefined)
    this.#last.set(key, settled)
    try {
      return await mine
    } finally {
      if (this.#last.get(key) === settled) this.#last.delete(key)
    }
  }

  /** Waits until nothing is being written. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values())
  }
}
