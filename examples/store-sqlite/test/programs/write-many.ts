import { GraphMemError, scope } from '@graphmem/core/spec'
import { sqliteStore } from '../../src/index.ts'

/** Writes senses one after the other, as one of several processes that do. */
const [path = '', writer = '', count = '0'] = process.argv.slice(2)
const store = sqliteStore({ path, busyTimeoutMs: 10_000 })
const graph = store.open(scope({ userId: 'alice', memoryId: 'chat' }))
for (let number = 0; number < Number(count); ) {
  const id = `${writer}-${number}`
  try {
    const put = { senses: [{ id, key: id, discriminator: '', block: 'block' }] }
    await graph.apply({ put }, { applyId: id, expect: await graph.head(), generation: 'g1' })
    number += 1
  } catch (error) {
    if (!GraphMemError.is(error) || !error.retryable) throw error
  }
}
await store[Symbol.asyncDispose]()
