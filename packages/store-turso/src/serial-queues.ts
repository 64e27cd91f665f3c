/** Runs tasks one at a time for each key, in the order in which they came. */
export interface SerialQueues {
  run<T>(key: string, task: () => Promise<T>): Promise<T>
  /** Resolves when no task is left. */
  idle(): Promise<void>
}

export function serialQueues(): SerialQueues {
  const lasts = new Map<string, Promise<unknown>>()
  return {
    run(key, task) {
      const run = (lasts.get(key) ?? Promise.resolve()).then(task)
      const last = run
        .catch(() => undefined)
        .then(() => {
          if (lasts.get(key) === last) lasts.delete(key)
        })
      lasts.set(key, last)
      return run
    },
    async idle() {
      while (lasts.size > 0) await Promise.all(lasts.values())
    },
  }
}
