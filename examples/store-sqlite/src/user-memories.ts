import { scope, type UserId, type UserMemories } from '@graphmem/core/spec'
import { eraseMemories } from './erase-memories.ts'
import { attempt } from './errors.ts'
import type { SqliteConnection } from './scoped-statements.ts'

export function userMemories(userId: UserId, connection: SqliteConnection): UserMemories {
  const user = connection.user(userId)
  const list = () =>
    user.all('select distinct memory_id from applies where user_id = :user order by memory_id').map((row) => String(row['memory_id']))
  const memories = () => list().map((memoryId) => connection.memory(scope({ userId, memoryId })))
  return {
    userId,
    list: (options) => attempt('list memories', options, list),
    erase: (options) => attempt('erase the user', options, () => eraseMemories(user, memories)),
  }
}
