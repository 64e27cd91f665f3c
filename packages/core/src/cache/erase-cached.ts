import type { MemoryEvent } from '../observer.ts'
import type { CallOptions, ErasureReceipt } from '../spec/index.ts'
import { callCache } from './call-cache.ts'

/** An erasure is waited for longer than an answer is: there is nothing to go on with instead. */
const timeoutMs = 5_000

/**
 * Erases from the cache what the store has erased, and puts it on the receipt. It comes after the store: what is computed meanwhile from the
 * old state, and put, is erased with the rest or refused. Where the cache cannot do it, the receipt says so.
 */
export async function eraseCached(
  receipt: ErasureReceipt,
  erase: (options: CallOptions) => Promise<number>,
  {
    longestTtlMs,
    signal,
    observe,
  }: { readonly longestTtlMs: number; readonly signal?: AbortSignal | undefined; readonly observe: (event: MemoryEvent) => void },
): Promise<ErasureReceipt> {
  const caches = await callCache(
    async (options) => {
      const erased = await erase(options)
      if (!Number.isSafeInteger(erased)) throw new TypeError('no number of entries')
      return erased
    },
    { timeoutMs, signal, failed: (reason) => observe({ type: 'cache-failed', call: 'erase', reason }) },
  )
  if (caches !== undefined) return { ...receipt, caches }
  const left = `the cache could not be reached: what it holds is answered from no more, and stays there for up to ${Math.ceil(longestTtlMs / 1_000)} s, or until an erasure is asked for again`
  return { ...receipt, unverified: [...receipt.unverified, left] }
}
