import { failures } from '@graphmem/bench/gate'
import { modelsBench } from '@graphmem/bench/models/models-bench'
import { expect, test } from 'vitest'

test('what models are paid for is what was promised: by replay, when killed, within a budget, and while a provider fails', {
  timeout: 180_000,
}, async () => {
  const rows = await modelsBench({ quick: true, note: () => {} })
  expect(rows.length).toBeGreaterThan(40)
  expect(failures(rows)).toEqual([])
})
