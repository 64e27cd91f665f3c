import { createClient } from '@libsql/client'

/** Holds the write lock of a database until it is ended. */
const [url = ''] = process.argv.slice(2)
await createClient({ url }).transaction('write')
console.log('locked')
process.stdin.resume()
setInterval(() => undefined, 1000)
