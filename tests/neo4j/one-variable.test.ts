import { expect, test } from 'vitest'
import { describeOnServer, server, wipe } from '../../packages/store-neo4j/test/test-server.ts'
import { printedWith } from '../one-variable.ts'

describeOnServer('the example with one variable', () => {
  test('prints the same as in the process', async () => {
    await wipe()
    const { url, username, password } = server
    const onServer = await printedWith({
      GRAPHMEM_STORE: url,
      GRAPHMEM_STORE_USER: username,
      GRAPHMEM_STORE_PASSWORD: password,
    })
    expect(onServer).toBe(await printedWith({ GRAPHMEM_STORE: 'memory:' }))
  })
})
