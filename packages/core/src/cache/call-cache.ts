import type { CallOptions } from '../spec/index.ts'

const slow = Symbol('slow')

/**
 * Makes a call of a cache, within a time. Whatever goes wrong, it resolves: with `undefined`, after an event said so; what the cache said
 * of it is not passed on. Only the caller's own abort rejects, with its reason.
 */
export async function callCache<T>(
  call: (options: CallOptions & { readonly signal: AbortSignal }) => Promise<T>,
  {
    timeoutMs,
    signal,
    failed,
  }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined; readonly failed: (reason: 'failed' | 'slow') => void },
): Promise<T | undefined> {
  signal?.throwIfAborted()
  const stop = new AbortController()
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const end = (reason: unknown) => {
    stop.abort(reason)
    reject(reason)
  }
  const abort = () => end(signal?.reason)
  const timer = setTimeout(() => end(slow), timeoutMs)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    // A cache that does not heed its signal is left behind.
    return await Promise.race([(async () => call({ signal: stop.signal }))(), stopped])
  } catch {
    signal?.throwIfAborted()
    failed(stop.signal.reason === slow ? 'slow' : 'failed')
    return undefined
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
