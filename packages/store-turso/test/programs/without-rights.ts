import { GraphMemError, scope } from '@graphmem/core/spec'
import { tursoStore } from '@graphmem/store-turso'

/** Uses a store as a user of the system who owns nothing, and prints the codes with which a read and a write fail. */
const [url = ''] = process.argv.slice(2)
const graph = tursoStore({ url }).open(scope({ userId: 'alice', memoryId: 'chat' }))
process.setgid?.(65_534)
process.setuid?.(65_534)
const codeOf = (error: unknown) => (GraphMemError.is(error) ? error.code : String(error))
const read = await graph.head().then(() => 'read', codeOf)
const written = await graph.apply({ put: {} }, { applyId: 'a', expect: { version: 0 }, generation: 'g' }).then(() => 'written', codeOf)
console.log(`${read} ${written}`)
