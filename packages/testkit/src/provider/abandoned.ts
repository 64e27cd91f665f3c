import assert from 'node:assert/strict'
import { rejectsWithReason } from '../rejections.ts'
import type { ProviderDouble } from './provider-double.ts'

/** How many exchanges may go by before what a test waits for counts as never: far more than it takes, and as many on a busy machine. */
const patience = 1_000

/** Rejects when the promise does not settle at all. */
export async function settled<T>(promise: PromiseLike<T>, provider: ProviderDouble, what: string): Promise<T> {
  let isSettled = false
  const settle = () => {
    isSettled = true
  }
  promise.then(settle, settle)
  for (let turn = 0; turn < patience && !isSettled; turn += 1) await provider.exchange()
  assert.ok(isSettled, `${what}: never`)
  return promise
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
  await settled(Promise.race([begun, calling.then(() => assert.fail('the call waits for its answer'))]), provider, 'the provider waits')
  controller.abort(reason)
  await rejectsWithReason(reason, () => settled(calling, provider, 'the call ends'))
  await settled(provider.abandoned, provider, 'the connection is closed')
}
