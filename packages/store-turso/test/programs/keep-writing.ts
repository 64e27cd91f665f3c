import { GraphMemError, scope } from '@graphmem/core/spec'
import { tursoStore } from '@graphmem/store-turso'

/** Writes records one after the other, a sense and its segment in each apply, and says when each is acknowledged. */
const [url = '', writer = '', count = '0'] = process.argv.slice(2)
const store = tursoStore({ url })
const graph = store.open(scope({ userId: 'alice', memoryId: 'chat' }))
for (let number = 0; number < Number(count); number += 1) {
  const id = `${writer}-${number}`
  for (let written = false; !written; ) {
    const expect = await graph.head()
    const version = expect.version + 1
    try {
      await graph.apply(
        {
          put: { senses: [{ id, key: id, discriminator: '', block: 'block' }] },
          putSegments: [{ id, firstVersion: version, lastVersion: version, bytes: new Uint8Array(20_000).fill(7) }],
        },
        { applyId: id, expect, generation: 'g1' },
      )
      written = true
    } catch (error) {
      if (!GraphMemError.is(error) || !error.retryable) throw error
    }
  }
  process.stdout.write(`${id}\n`)
}
await store[Symbol.asyncDispose]()
