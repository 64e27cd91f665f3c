import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describeGraphStore } from '@graphmem/testkit/vitest'
import { sqliteStore } from '../src/index.ts'
import { newFolder } from './new-folder.ts'

describeGraphStore('sqlite', {
  create() {
    const folder = newFolder()
    const open = () => sqliteStore({ path: join(folder, 'graph.db'), busyTimeoutMs: 5_000 })
    return { store: open(), reopen: open, cleanup: () => rmSync(folder, { recursive: true }) }
  },
})
