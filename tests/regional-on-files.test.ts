import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { regional } from '@graphmem/core'
import { tursoStore } from '@graphmem/store-turso'
import { describeGraphStore } from '@graphmem/testkit/vitest'

const evenOrOdd = (id: string) => (Buffer.from(id).reduce((sum, byte) => sum + byte, 0) % 2 === 0 ? 'eu' : 'us')

describeGraphStore('regional, of libSQL files, shared and one a user', {
  create() {
    const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
    const open = () => {
      const eu = tursoStore({ url: `file:${join(folder, 'eu.db')}` })
      const us = tursoStore({ urlTemplate: `file:${join(folder, 'us', '{userId}.db')}` })
      return regional({ eu, us }, evenOrOdd)
    }
    return { store: open(), reopen: open, cleanup: () => rmSync(folder, { recursive: true, force: true }) }
  },
})
