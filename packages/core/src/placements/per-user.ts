import {
  assertScope,
  type CallOptions,
  GraphMemError,
  type GraphStore,
  type RecordKind,
  type Records,
  type ScopedGraph,
  type Segment,
  scope,
  type UserId,
  type UserMemories,
  userId,
} from '../spec/index.ts'
import { openStores } from './open-stores.ts'

export interface PerUserOptions {
  /** How many stores are kept open; more are open only while more are in use at once. The least recently used is closed first. Default 64. */
  readonly maxOpenStores?: number
}

/**
 * One store made of one for each user: a database a user, on a server or a driver that has no such placement of its own.
 *
 * `storeOf` is called at the first use of a user's memories, and again after the store it made was closed; it does no I/O. It makes a store each
 * time, which is closed here, and always over the same data for the same user. The stores keep what they have when they are closed, and may
 * be open twice at a time: both as their `capabilities` say. What `storeOf` throws, a call of that user rejects with.
 *
 * @throws GraphMemError `CONFIG_INVALID`; calls reject with it when `storeOf` makes no such store
 */
export function perUser(storeOf: (userId: UserId) => GraphStore, options: PerUserOptions = {}): GraphStore {
  const { maxOpenStores = 64 } = options
  if (typeof storeOf !== 'function') throw invalid('storeOf', '`storeOf` is no function')
  if (!Number.isInteger(maxOpenStores) || maxOpenStores < 1) {
    throw invalid('maxOpenStores', '`maxOpenStores` is no whole number from 1 up')
  }
  const stores = openStores((id) => checked(storeOf(id)), maxOpenStores)
  return {
    specVersion: 1,
    name: 'per-user',
    capabilities: { durable: true, multiProcess: true },
    open(given) {
      assertScope(given)
      const own = scope(given)
      return leasedGraph(own, (work) => stores.use(own.userId, (store) => work(store.open(own))))
    },
    user(given) {
      const id = userId(given)
      return leasedUser(id, (work) => stores.use(id, (store) => work(store.user(id))))
    },
    [Symbol.asyncDispose]: () => stores.close(),
  }
}

type Use<T> = <R>(work: (opened: T) => Promise<R>) => Promise<R>

function leasedGraph(own: ScopedGraph['scope'], use: Use<ScopedGraph>): ScopedGraph {
  return {
    scope: own,
    head: (options) => use((graph) => graph.head(options)),
    apply: (changes, options) => use((graph) => graph.apply(changes, options)),
    get: (kind, ids, options) => use((graph) => graph.get(kind, ids, options)),
    scan: <K extends RecordKind>(kind: K, options?: CallOptions): AsyncIterable<Records[K]> =>
      leasedEach(use, (graph) => graph.scan(kind, options)),
    episodesOfKeys: (keys, options) => use((graph) => graph.episodesOfKeys(keys, options)),
    sensesOfBlocks: (blocks, options) => use((graph) => graph.sensesOfBlocks(blocks, options)),
    segmentInfos: (options) => use((graph) => graph.segmentInfos(options)),
    segments: (sinceVersion, options): AsyncIterable<Segment> => leasedEach(use, (graph) => graph.segments(sinceVersion, options)),
    count: (options) => use((graph) => graph.count(options)),
    erase: (options) => use((graph) => graph.erase(options)),
  }
}

function leasedUser(id: UserId, use: Use<UserMemories>): UserMemories {
  return {
    userId: id,
    list: (options) => use((user) => user.list(options)),
    erase: (options) => use((user) => user.erase(options)),
  }
}

/** The store is in use from the first item asked for until the last, or until nobody wants more. */
async function* leasedEach<T>(use: Use<ScopedGraph>, items: (graph: ScopedGraph) => AsyncIterable<T>): AsyncIterable<T> {
  const over = Promise.withResolvers<void>()
  const graph = Promise.withResolvers<ScopedGraph>()
  const lease = use(async (opened) => {
    graph.resolve(opened)
    await over.promise
  })
  lease.catch(graph.reject)
  try {
    yield* items(await graph.promise)
  } finally {
    over.resolve()
  }
}

function checked(store: GraphStore): GraphStore {
  if (typeof store !== 'object' || store === null || store.specVersion !== 1) {
    throw invalid('storeOf', '`storeOf` made no store of spec version 1')
  }
  if (!store.capabilities.durable || !store.capabilities.multiProcess) {
    throw invalid('storeOf', `a store of ${store.name} loses what it has when it is closed, or cannot be open twice at a time`)
  }
  return store
}

function invalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot place memories in a store a user: ${problem}.` })
}
