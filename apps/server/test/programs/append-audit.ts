/** Appends to the log that its arguments name until its input ends. */
import { openAuditLog } from '../../src/audit/audit-log.ts'

const [path = '', secret = ''] = process.argv.slice(2)
const log = openAuditLog(path, Buffer.from(secret, 'hex'))
let isOver = false
process.stdin.on('end', () => {
  isOver = true
})
process.stdin.resume()
for (let at = 0; !isOver; at++) {
  await log.append('alice', { at, action: 'query', requestId: `r${at}`, from: '127.0.0.1', status: 200 })
  if (at === 0) console.log('begun')
}
await log.close()
