import type { UserId, UserMemories } from '@graphmem/core/spec'
import type { Databases } from './databases.ts'
import { receiptOf } from './receipt.ts'
import { eraseUserStatements, listStatement } from './scoped-statements.ts'

/** All memories of one user. */
export function userMemories(userId: UserId, databases: Databases): UserMemories {
  return {
    userId,
    async list(options) {
      const rows = await databases.read(userId, listStatement(userId), options)
      return rows.map((row) => String(row['memory_id']))
    },
    async erase(options) {
      return receiptOf(await databases.erase(userId, eraseUserStatements(userId), { ...options, wholeUser: true }))
    },
  }
}
