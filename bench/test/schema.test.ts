import { failures } from '@graphmem/bench/gate'
import { schemaBench } from '@graphmem/bench/schema/schema-bench'
import { schemathesisPackages } from '@graphmem/bench/schema/schemathesis'
import { mayBeMissing } from '@graphmem/services/may-be-missing'
import { expect, test } from 'vitest'

const missing = await schemathesisPackages().then(
  () => undefined,
  (error: unknown) => {
    if (!mayBeMissing(error)) throw error
    return error.message
  },
)
const reason = missing === undefined ? '' : ` (${missing})`

test.skipIf(missing !== undefined)(
  `the server answers as its document says, and would be found out if it did not${reason}`,
  { timeout: 600_000 },
  async () => {
    const rows = await schemaBench({ quick: true, note: () => {} })
    expect(rows.length).toBeGreaterThan(8)
    expect(failures(rows)).toEqual([])
  },
)
