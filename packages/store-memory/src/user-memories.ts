import type { UserId, UserMemories } from '@graphmem/core/spec'
import { receiptOf } from './erasure.ts'
import type { Gate } from './gate.ts'
import type { Memories } from './memories.ts'

/** All memories of one user. */
export function userMemories(userId: UserId, memories: Memories, gate: Gate): UserMemories {
  return {
    userId,
    async list(options) {
      gate.enter(options)
      return memories.idsOf(userId)
    },
    async erase(options) {
      gate.enter(options)
      return receiptOf(memories.takeUser(userId))
    },
  }
}
