import { tally } from '@graphmem/bench/crash/tally'
import { failures } from '@graphmem/bench/gate'
import { expect, test } from 'vitest'

test('a memory that lost a record, has one too many or answers otherwise fails the gate', () => {
  const whole = { digest: 'd', answers: 'a', ids: new Set(['one', 'two']), repeatedKeys: 0 }
  const failed = (other: Partial<typeof whole>) => {
    const count = tally(whole)
    count.add({ ...whole, ...other })
    return failures(count.rows('killed')).map((row) => row.measure)
  }
  expect(failed({})).toEqual([])
  expect(failed({ digest: 'e' })).toEqual(['killed: digest as unbroken'])
  expect(failed({ answers: 'b' })).toEqual(['killed: answers as unbroken'])
  expect(failed({ ids: new Set(['one', 'three']) })).toEqual(['killed: records lost', 'killed: records too many'])
  expect(failed({ repeatedKeys: 1 })).toEqual(['killed: records too many'])
})
