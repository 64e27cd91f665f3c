import { GraphMemError } from '@graphmem/core'
import { expect, test } from 'vitest'
import type { RunOptions } from '../src/jobs/ingest-queue.ts'
import type { Ingested } from '../src/jobs/job.ts'
import { patiently } from '../src/jobs/patiently.ts'

const ingested = { status: 'success' } as Ingested
const work = { memoryId: 'default', input: { text: 'I live in Lisbon.' } }
const busy = new GraphMemError({ code: 'STORE_BUSY', message: 'Cannot write the memory.', retryable: true })

/** Rejects with each of some errors, then does what it is told. */
function failing(...errors: readonly Error[]) {
  const left = [...errors]
  let tries = 0
  const stop = new AbortController()
  const options: RunOptions = { askedAt: new Date(), signal: stop.signal, onProgress: () => undefined }
  const run = async () => {
    tries += 1
    const error = left.shift()
    if (error !== undefined) throw error
    return ingested
  }
  return { ran: (pausesMs = [1, 1, 1]) => patiently(run, pausesMs)('alice', work, options), tries: () => tries, stop }
}

test('what a busy store refused is done when it is busy no more', async () => {
  const { ran, tries } = failing(busy, new GraphMemError({ code: 'CONFLICT', message: 'Another came between.', retryable: true }))
  expect(await ran()).toBe(ingested)
  expect(tries()).toBe(3)
})

test('what a store refuses for long is not done', async () => {
  const { ran, tries } = failing(busy, busy, busy, busy)
  await expect(ran()).rejects.toBe(busy)
  expect(tries()).toBe(4)
})

test.each([
  new GraphMemError({ code: 'EPISODE_CHANGED', message: 'Cannot ingest.' }),
  new GraphMemError({ code: 'STORE_FULL', message: 'Cannot write the memory.' }),
  new GraphMemError({ code: 'BUDGET_EXCEEDED', message: 'The budget does not reach.', retryable: true }),
  new TypeError('broken'),
])('what will fail again is not tried again: $name $code', async (error) => {
  const { ran, tries } = failing(error)
  await expect(ran()).rejects.toBe(error)
  expect(tries()).toBe(1)
})

test('what is called off while it waits for the store is not tried again', async () => {
  const { ran, tries, stop } = failing(busy)
  const running = ran([1_000_000])
  setImmediate(() => stop.abort())
  await expect(running).rejects.toThrow()
  expect(tries()).toBe(1)
})
