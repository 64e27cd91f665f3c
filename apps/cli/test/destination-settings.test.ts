import { afterEach, expect, it, vi } from 'vitest'
import { destinationSettings } from '../src/destination-settings.ts'

afterEach(() => vi.unstubAllEnvs())

it('a store that a memory goes to is told nothing that is said of the one it comes from', async () => {
  vi.stubEnv('GRAPHMEM_STORE_TOKEN', 'of the source')
  expect(await destinationSettings('libsql://b')).toEqual({ store: 'libsql://b' })
  vi.stubEnv('GRAPHMEM_TO_STORE_TOKEN', 'of the destination')
  expect(await destinationSettings('libsql://b')).toEqual({ store: 'libsql://b', storeToken: 'of the destination' })
})

it('a memory goes from Neo4j to a file, which takes no password', async () => {
  vi.stubEnv('GRAPHMEM_STORE', 'neo4j://a')
  vi.stubEnv('GRAPHMEM_STORE_PASSWORD', 'of the source')
  expect(await destinationSettings('file:b.db')).toEqual({ store: 'file:b.db' })
  vi.unstubAllEnvs()
  vi.stubEnv('GRAPHMEM_NEO4J_PASSWORD', 'of the source')
  expect(await destinationSettings('file:b.db')).toEqual({ store: 'file:b.db' })
})
