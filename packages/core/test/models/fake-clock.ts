import type { ModelClock } from '../../src/models/model-clock.ts'

/** A clock that goes when a test says so. Before each timer goes off, all that can happen without one has happened. */
export interface FakeClock extends ModelClock {
  advance(ms: number): Promise<void>
  /** Goes on until the work is done. */
  until<T>(work: Promise<T>): Promise<T>
  /** How many timers are set. */
  readonly timers: number
}

const longestMs = 24 * 60 * 60 * 1000

export function fakeClock(): FakeClock {
  let now = 0
  let timers: { readonly at: number; readonly call: () => void }[] = []
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  /** Goes to the next timer, if there is one until then. */
  const step = async (until: number): Promise<boolean> => {
    await settle()
    const next = timers.reduce<(typeof timers)[number] | undefined>(
      (first, timer) => (first === undefined || timer.at < first.at ? timer : first),
      undefined,
    )
    if (next === undefined || next.at > until) return false
    timers = timers.filter((timer) => timer !== next)
    now = Math.max(now, next.at)
    next.call()
    return true
  }
  return {
    now: () => now,
    after(ms, call) {
      const timer = { at: now + Math.max(0, ms), call }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    async advance(ms) {
      const until = now + ms
      while (await step(until));
      now = until
    },
    async until(work) {
      let isDone = false
      const done = () => {
        isDone = true
      }
      work.then(done, done)
      await settle()
      while (!isDone) {
        if (!(await step(now + longestMs))) throw new Error('nothing is left that could happen')
        await settle()
      }
      return work
    },
    get timers() {
      return timers.length
    },
  }
}
