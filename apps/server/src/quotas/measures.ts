import type { ServerRedis } from '../redis/server-redis.ts'
import type { HashedUser } from '../who/hashed-user.ts'

interface Measure {
  readonly bytes: number
  /** Milliseconds since the epoch; 0 for what was never measured. */
  readonly at: number
  /** Bytes of text taken in since. */
  readonly since: number
}

/** How large memories were when they were last measured. Memories are named by their hashes, as users are. */
export interface Measures {
  all(user: HashedUser): Promise<ReadonlyMap<string, Measure>>
  put(user: HashedUser, memory: string, measure: Omit<Measure, 'since'>): Promise<void>
  add(user: HashedUser, memory: string, bytes: number): Promise<void>
  /** Forgets one memory, or all of the user. */
  drop(user: HashedUser, memory: string | undefined): Promise<void>
}

const unmeasured: Measure = { bytes: 0, at: 0, since: 0 }

export function processMeasures(): Measures {
  const users = new Map<HashedUser, Map<string, Measure>>()
  const own = (user: HashedUser) => {
    const found = users.get(user) ?? new Map<string, Measure>()
    users.set(user, found)
    return found
  }
  return {
    all: async (user) => new Map(users.get(user)),
    async put(user, memory, measure) {
      own(user).set(memory, { ...measure, since: 0 })
    },
    async add(user, memory, bytes) {
      const before = own(user).get(memory) ?? unmeasured
      own(user).set(memory, { ...before, since: before.since + bytes })
    },
    async drop(user, memory) {
      if (memory === undefined) users.delete(user)
      else users.get(user)?.delete(memory)
    },
  }
}

/** A hash a user, with three fields a memory. */
export function redisMeasures({ commands, prefix }: ServerRedis): Measures {
  const keyOf = (user: HashedUser) => `${prefix}:quota:stored:${user}`
  return {
    async all(user) {
      const found = new Map<string, Measure>()
      for (const [field, value] of Object.entries(await commands.hgetall(keyOf(user)))) {
        const [memory = '', what = ''] = field.split(':')
        found.set(memory, { ...(found.get(memory) ?? unmeasured), [what]: Number(value) })
      }
      return found
    },
    async put(user, memory, { bytes, at }) {
      await commands.hset(keyOf(user), `${memory}:bytes`, bytes, `${memory}:at`, at, `${memory}:since`, 0)
    },
    async add(user, memory, bytes) {
      await commands.hincrby(keyOf(user), `${memory}:since`, bytes)
    },
    async drop(user, memory) {
      if (memory === undefined) await commands.del(keyOf(user))
      else await commands.hdel(keyOf(user), `${memory}:bytes`, `${memory}:at`, `${memory}:since`)
    },
  }
}
