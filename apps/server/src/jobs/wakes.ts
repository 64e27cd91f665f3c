/** Those who wait for something to change, by its name. */
export class Wakes {
  readonly #listeners = new Map<string, Set<() => void>>()

  wake(name: string): void {
    for (const tell of this.#listeners.get(name) ?? []) tell()
  }

  wakeAll(): void {
    for (const name of this.#listeners.keys()) this.wake(name)
  }

  /** `next()` resolves at the next change after it was called, or when the signal is aborted. */
  listen(name: string, signal: AbortSignal): { next(): Promise<void>; close(): void } {
    let tell: () => void = () => undefined
    const told = () => tell()
    const own = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, own.add(told))
    signal.addEventListener('abort', told)
    return {
      next: () =>
        new Promise((resolve) => {
          tell = resolve
          if (signal.aborted) resolve()
        }),
      close: () => {
        signal.removeEventListener('abort', told)
        own.delete(told)
        if (own.size === 0) this.#listeners.delete(name)
      },
    }
  }
}
