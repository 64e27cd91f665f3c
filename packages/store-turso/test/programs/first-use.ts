import { scope } from '@graphmem/core/spec'
import { tursoStore } from '@graphmem/store-turso'

const [url = '', userId = ''] = process.argv.slice(2)
const store = tursoStore({ url })
const graph = store.open(scope({ userId, memoryId: 'chat' }))
await graph.apply(
  { put: { senses: [{ id: 's1', key: 'name', discriminator: '', block: 'block' }] } },
  { applyId: 'first', expect: { version: 0 }, generation: 'g1' },
)
await store[Symbol.asyncDispose]()
console.log(`${userId} wrote`)
