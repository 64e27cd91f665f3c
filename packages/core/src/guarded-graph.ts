import {
  type CallOptions,
  GraphMemError,
  type RecordKind,
  type Records,
  type ScopedGraph,
  type Segment,
  type UserMemories,
} from './spec/index.ts'

/** A memory of which no error comes but those of this project and the reason of a signal: what a foreign error says may hold stored text, and stays out. */
export function guardedGraph(graph: ScopedGraph): ScopedGraph {
  return {
    scope: graph.scope,
    head: (options) => guarded(() => graph.head(options), options),
    apply: (changes, options) => guarded(() => graph.apply(changes, options), options),
    get: (kind, ids, options) => guarded(() => graph.get(kind, ids, options), options),
    scan: <K extends RecordKind>(kind: K, options?: CallOptions): AsyncIterable<Records[K]> =>
      guardedEach(() => graph.scan(kind, options), options),
    episodesOfKeys: (keys, options) => guarded(() => graph.episodesOfKeys(keys, options), options),
    sensesOfBlocks: (blocks, options) => guarded(() => graph.sensesOfBlocks(blocks, options), options),
    segmentInfos: (options) => guarded(() => graph.segmentInfos(options), options),
    segments: (sinceVersion, options): AsyncIterable<Segment> => guardedEach(() => graph.segments(sinceVersion, options), options),
    count: (options) => guarded(() => graph.count(options), options),
    erase: (options) => guarded(() => graph.erase(options), options),
  }
}

/** The same for all memories of a user. */
export function guardedUser(user: UserMemories): UserMemories {
  return {
    userId: user.userId,
    list: (options) => guarded(() => user.list(options), options),
    erase: (options) => guarded(() => user.erase(options), options),
  }
}

async function guarded<T>(call: () => Promise<T>, options: CallOptions | undefined): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw ownError(error, options)
  }
}

async function* guardedEach<T>(call: () => AsyncIterable<T>, options: CallOptions | undefined): AsyncIterable<T> {
  const items = await guarded(async () => call()[Symbol.asyncIterator](), options)
  try {
    for (;;) {
      const next = await guarded(() => items.next(), options)
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await items.return?.()
  }
}

function ownError(error: unknown, options: CallOptions | undefined): unknown {
  options?.signal?.throwIfAborted()
  if (GraphMemError.is(error)) return error
  return new GraphMemError({
    code: 'STORE_FAILED',
    message: 'The store failed by an error of its own. Look at the store, then make the same call again.',
  })
}
