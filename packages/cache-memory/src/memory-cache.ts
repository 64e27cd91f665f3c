import { assertScope, type Cache, type CallOptions, GraphMemError, type Scope, scopeKey, userId, userKey } from '@graphmem/core/spec'
import { Shelves } from './shelves.ts'

export interface MemoryCacheOptions {
  /** What the kept results may weigh together. Default 64 MiB. */
  readonly maxBytes?: number
  /** How many there may be. Default 10,000. */
  readonly maxEntries?: number
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number
}

const optionNames = ['maxBytes', 'maxEntries', 'clock']

/**
 * Keeps answers and searches in this process, within bounds: over them, the user who holds the most bytes loses what was used least recently, so
 * that no user's questions push out those of users who hold less. Gone when it is disposed of or the process ends.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function memoryCache(options: MemoryCacheOptions = {}): Cache {
  const { maxBytes, maxEntries, clock } = checked(options)
  const shelves = new Shelves(maxBytes, maxEntries, clock)
  let isClosed = false
  const enter = (call: CallOptions | undefined) => {
    call?.signal?.throwIfAborted()
    if (isClosed) throw new GraphMemError({ code: 'CLOSED', message: 'Cannot use the memory cache: it was disposed of. Make a new one.' })
  }
  return {
    specVersion: 1,
    name: 'memory',
    open(scope: Scope) {
      assertScope(scope)
      const [user, memory] = [userKey(scope.userId), scopeKey(scope)]
      const entryKey = (kind: string, key: string) => `${memory}${kind}/${key}`
      return {
        scope,
        async get(kind, key, call) {
          enter(call)
          return { bytes: shelves.get(user, entryKey(kind, key))?.slice(), ticket: shelves.ticket(user) }
        },
        async put(kind, key, bytes, { ttlMs, ticket, signal }) {
          enter({ signal })
          shelves.put(user, entryKey(kind, key), bytes.slice(), { ttlMs, ticket })
        },
        async erase(call) {
          enter(call)
          return shelves.erase(user, memory)
        },
      }
    },
    user(id) {
      const checkedId = userId(id)
      return {
        userId: checkedId,
        async erase(call) {
          enter(call)
          return shelves.erase(userKey(checkedId), '')
        },
      }
    },
    async [Symbol.asyncDispose]() {
      isClosed = true
      shelves.clear()
    },
  }
}

function checked(options: MemoryCacheOptions): Required<MemoryCacheOptions> {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'they are no object')
  const unknown = Object.keys(options).find((name) => !optionNames.includes(name))
  if (unknown !== undefined) throw invalid(unknown, `there is no option \`${unknown}\`. The options are ${optionNames.join(', ')}`)
  const { maxBytes = 64 * 1024 * 1024, maxEntries = 10_000, clock = Date.now } = options
  for (const [field, bound] of Object.entries({ maxBytes, maxEntries })) {
    if (typeof bound !== 'number' || !(bound >= 0)) throw invalid(field, 'it is no number from 0 up')
  }
  if (typeof clock !== 'function') throw invalid('clock', 'it is no function')
  return { maxBytes, maxEntries, clock }
}

function invalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot make a memory cache: ${field}: ${problem}.` })
}
