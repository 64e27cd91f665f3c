import type { UserId, UserMemories } from '@graphmem/core/spec'
import type { Database } from './database.ts'
import { eraseUser } from './erase.ts'
import { listStatement } from './scoped-statements.ts'

/** All memories of one user. */
export function userMemories(userId: UserId, database: Database): UserMemories {
  return {
    userId,
    async list(options) {
      return (await database.read(listStatement(userId), options)).map((row) => String(row['memoryId']))
    },
    erase: (options) => database.erase((run) => eraseUser(run, userId), options),
  }
}
