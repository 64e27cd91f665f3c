import { failures } from '@graphmem/bench/gate'
import { serverKillsBench } from '@graphmem/bench/server-kills/server-kills-bench'
import { expect, test } from 'vitest'

test('two servers that are killed and stopped under load keep all that they acknowledged, once, and record it', {
  timeout: 400_000,
}, async () => {
  const rows = await serverKillsBench({ quick: true, note: () => {} })
  expect(rows.length).toBeGreaterThan(20)
  expect(failures(rows)).toEqual([])
})
