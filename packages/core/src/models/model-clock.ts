import { unlessAborted } from '../spec/index.ts'

/** Time, as calls of models see it. */
export interface ModelClock {
  /** Milliseconds from some moment on; never goes back. */
  now(): number
  /** Calls back once, when so many milliseconds are over, unless it is called off by what it returns. */
  after(ms: number, call: () => void): () => void
}

/** What a timer takes: one that is set for longer would go off at once. */
const longestMs = 2 ** 31 - 1

export const systemClock: ModelClock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, Math.min(Math.ceil(ms), longestMs))
    return () => clearTimeout(timer)
  },
}

/** @throws the signal's reason, at once, when it is aborted meanwhile */
export async function sleep(clock: ModelClock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const callOff = clock.after(ms, resolve)
  try {
    await unlessAborted(promise, signal)
  } finally {
    callOff()
  }
}

/**
 * Does work that is aborted when the caller is, or when its time is over: then with the error that `late` makes. Work that does not heed its signal
 * is left behind.
 */
export async function withinTime<T>(
  {
    clock,
    ms,
    signal,
    late,
  }: { readonly clock: ModelClock; readonly ms: number; readonly signal: AbortSignal | undefined; readonly late: () => Error },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController()
  const abort = () => stop.abort(signal?.reason)
  const callOff = clock.after(ms, () => stop.abort(late()))
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted === true) abort()
  try {
    return await unlessAborted(work(stop.signal), stop.signal)
  } catch (error) {
    // Whatever the work makes of its abort, the reason is what counts.
    throw stop.signal.aborted ? stop.signal.reason : error
  } finally {
    callOff()
    signal?.removeEventListener('abort', abort)
  }
}
