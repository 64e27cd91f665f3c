import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refusals } from '../src/http/refusals.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('who is refused again and again is told five times a second, after ten seconds at most; another at once', async () => {
  const refusals = new Refusals()
  let told = 0
  for (let count = 0; count < 500; count++) void refusals.turn('loud').then(() => (told += 1))
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toBe(1)
  let isQuietTold = false
  void refusals.turn('quiet').then(() => (isQuietTold = true))
  await vi.advanceTimersByTimeAsync(0)
  expect(isQuietTold).toBe(true)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(told).toBe(6)
  await vi.advanceTimersByTimeAsync(9_000)
  expect(told).toBe(500)
})
