import { crashBench } from '@graphmem/bench/crash/crash-bench'
import { failures } from '@graphmem/bench/gate'
import { expect, test } from 'vitest'

test('an ingest that is killed, or made by two processes at once, ends in the same memory as an unbroken one', {
  timeout: 240_000,
}, async () => {
  const rows = await crashBench({ quick: true, note: () => {} })
  expect(rows.length).toBeGreaterThan(10)
  expect(failures(rows)).toEqual([])
})
