import { assertScope, type Scope, scope, type UserId } from '@graphmem/core/spec'
import { byCodePoints } from './code-points.ts'
import { type Memory, newMemory } from './memory.ts'

/** All memories of the store. The one module that knows whose a memory is: whatever else reads or writes holds one bound to its scope. */
export interface Memories {
  bind(of: Scope): BoundMemory
  idsOf(user: UserId): readonly string[]
  /** Forgets a user, and returns what the user had. */
  takeUser(user: UserId): readonly Memory[]
  clear(): void
}

/** The place of one memory. */
export interface BoundMemory {
  readonly scope: Scope
  /** The memory, or an empty one that is not kept. */
  read(): Memory
  /** Keeps the memory from now on. */
  keep(memory: Memory): void
  /** Forgets the memory, and returns what there was. */
  take(): Memory | undefined
}

export function memories(): Memories {
  const users = new Map<string, Map<string, Memory>>()
  return {
    bind(of) {
      assertScope(of)
      const own = scope(of)
      const { userId, memoryId } = own
      return {
        scope: own,
        read: () => users.get(userId)?.get(memoryId) ?? newMemory(),
        keep(memory) {
          const ofUser = users.get(userId) ?? new Map<string, Memory>()
          users.set(userId, ofUser.set(memoryId, memory))
        },
        take() {
          const ofUser = users.get(userId)
          const memory = ofUser?.get(memoryId)
          ofUser?.delete(memoryId)
          if (ofUser?.size === 0) users.delete(userId)
          return memory
        },
      }
    },
    idsOf: (user) => [...(users.get(user)?.keys() ?? [])].sort(byCodePoints),
    takeUser(user) {
      const taken = [...(users.get(user)?.values() ?? [])]
      users.delete(user)
      return taken
    },
    clear: () => users.clear(),
  }
}
