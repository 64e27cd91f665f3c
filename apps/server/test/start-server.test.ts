import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { served } from './served.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('a server that cannot listen says which setting to change', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  await expect(served({ env: { GRAPHMEM_SERVER_PORT: String(port) } })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    field: 'GRAPHMEM_SERVER_PORT',
  })
})

test.each(['no/such/folder/audit.db', 'text.db'])('a server whose audit trail is %s says so', async (name) => {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'text.db'),
    'This is no database, but a text of more than a hundred bytes, which SQLite reads the head of.'.repeat(9),
  )
  const env = { GRAPHMEM_SERVER_AUDIT: join(folder, name), GRAPHMEM_SERVER_AUDIT_SECRET: 'a secret of thirty-two bytes, or more' }
  await expect(served({ env })).rejects.toMatchObject({ code: 'CONFIG_INVALID', field: 'GRAPHMEM_SERVER_AUDIT' })
})
