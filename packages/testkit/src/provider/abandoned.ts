import assert from 'node:assert/strict'
import { rejectsWithReason } from '../rejections.ts'
import type { ProviderDouble } from './provider-double.ts'

/** How long what a test waits for may take, before it counts as never. Far more than it does. */
const patienceMs = 5_000

/** Rejects when the promise does not settle at all. */
export async function settled<T>(promise: PromiseLike<T>, what: string): Promise<T> {
  const { promise: never, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new assert.AssertionError({ message: `${what}: never` })), patienceMs)
  try {
    return await Promise.race([promise, never])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The call that waits for its provider ends by its signal: with the signal's own reason, which here is no error at all, and with the connection
 * closed.
 */
export async function endsBySignal(
  provider: ProviderDouble,
  call: (signal: AbortSignal) => Promise<unknown>,
  begun: PromiseLike<unknown> = provider.waiting,
): Promise<void> {
  const controller = new AbortController()
  const reason = { enough: true }
  const calling = call(controller.signal)
  calling.catch(() => undefined)
  await settled(Promise.race([begun, calling.then(() => assert.fail('the call waits for its answer'))]), 'the provider waits')
  controller.abort(reason)
  await rejectsWithReason(reason, () => settled(calling, 'the call ends'))
  await settled(provider.abandoned, 'the connection is closed')
}
