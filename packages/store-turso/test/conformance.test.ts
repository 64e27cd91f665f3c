import { rmSync } from 'node:fs'
import { tursoStore } from '@graphmem/store-turso'
import { describeGraphStore } from '@graphmem/testkit/vitest'
import { newFolder } from './temp-folder.ts'

for (const [name, url] of [
  ['turso, one database for all', (folder: string) => ({ url: `file:${folder}/graphmem.db` })],
  ['turso, one file a user', (folder: string) => ({ urlTemplate: `file:${folder}/{userId}.db`, maxOpenFiles: 4 })],
] as const) {
  describeGraphStore(name, {
    create() {
      const folder = newFolder()
      const open = () => tursoStore(url(folder))
      return { store: open(), reopen: open, cleanup: () => rmSync(folder, { recursive: true, force: true }) }
    },
  })
}
