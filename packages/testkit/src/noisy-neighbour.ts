import { type GraphChanges, type GraphStore, type Scope, type ScopedGraph, scope, scopeKey, type UserMemories } from '@graphmem/core/spec'
import { crowdedChanges, foreignChanges } from './foreign-changes.ts'
import { build } from './record-builders.ts'
import { type Resident, resident } from './resident.ts'

/**
 * Others in the same store, who hold the ids, names and versions that a case uses, and write and erase between its steps: often at first, and
 * seldom in the long run, for a case of thousands of calls is not to wait for as many of theirs.
 */
export interface NoisyNeighbour {
  /** The store, with others in it. */
  beside(store: GraphStore): GraphStore
  /** Fails when what a case did reached any of the others. */
  checkUntouched(): Promise<void>
}

/** Those beside one memory of a case. */
interface Neighbourhood {
  /** Another user, with a memory of the same id, far more in it, and an id that begins like the case's. */
  readonly crowd: Resident
  /** Another memory of the same user. */
  readonly sibling: Resident
  /** Another user, who comes and goes, and whose id is what the case's ids come to when they are joined. */
  readonly passer: Resident
}

/** A case with more memories than these is a crowd by itself. */
const mostNeighbourhoods = 6

export function noisyNeighbour(): NoisyNeighbour {
  const neighbourhoods = new Map<string, Neighbourhood>()
  let current: GraphStore | undefined
  let steps = 0
  let writes = 0
  let last: Promise<unknown> = Promise.resolve()

  /** One at a time, also when the case calls several at once. */
  function serially<T>(task: () => Promise<T>): Promise<T> {
    const run = last.then(task)
    last = run.catch(() => undefined)
    return run
  }

  async function around(store: GraphStore, of: Scope): Promise<Neighbourhood> {
    const found = neighbourhoods.get(scopeKey(of)) ?? (neighbourhoods.size < mostNeighbourhoods ? undefined : firstOf(neighbourhoods))
    if (found) return found
    const made = neighbourhood(of, neighbourhoods.size)
    neighbourhoods.set(scopeKey(of), made)
    await made.crowd.write(store, crowdedChanges(), 'crowd')
    return made
  }

  async function stir(store: GraphStore, { crowd, passer }: Neighbourhood): Promise<void> {
    steps += 1
    const every = steps <= 12 ? 3 : steps <= 150 ? 15 : 60
    const id = `id-${steps}`
    if (steps % every === 0) await crowd.write(store, { put: { senses: [build.senses(id, { discriminator: 'foreign' })] } }, id)
    if (steps % every === 1 && passer.holdsAnything) await passer.erase(store, steps % 2 === 0 ? 'user' : 'memory')
  }

  async function echo(store: GraphStore, { crowd, sibling, passer }: Neighbourhood, changes: GraphChanges, applyId: string): Promise<void> {
    writes += 1
    if (writes > 12 && writes % 5 !== 0) return
    const foreign = foreignChanges(changes)
    await crowd.write(store, foreign, applyId)
    await sibling.write(store, foreign, applyId)
    await passer.write(store, { ...foreign, put: { episodes: (foreign.put.episodes ?? []).slice(0, 10) } }, applyId)
  }

  async function leaveUser(store: GraphStore, userId: string): Promise<void> {
    for (const { sibling } of neighbourhoods.values()) {
      if (sibling.scope.userId === userId && sibling.holdsAnything) await sibling.erase(store, 'memory')
    }
  }

  return {
    beside(store) {
      current = store
      if (!store.capabilities.durable) neighbourhoods.clear()
      let closed = false
      const quietly = (task: () => Promise<void>) => serially(async () => (closed ? undefined : task()))
      return {
        specVersion: store.specVersion,
        name: store.name,
        capabilities: store.capabilities,
        open(of) {
          const graph = store.open(of)
          const own = scope(graph.scope)
          return besideGraph(graph, {
            stir: () => quietly(async () => stir(store, await around(store, own))),
            echo: (changes, applyId) => quietly(async () => echo(store, await around(store, own), changes, applyId)),
          })
        },
        user: (userId) => besideUser(store.user(userId), () => quietly(() => leaveUser(store, userId))),
        async [Symbol.asyncDispose]() {
          closed = true
          if (current === store) current = undefined
          await store[Symbol.asyncDispose]()
        },
      }
    },
    async checkUntouched() {
      const store = current
      if (!store) return
      for (const { crowd, sibling, passer } of neighbourhoods.values()) {
        for (const each of [crowd, sibling, passer]) await each.check(store)
      }
    },
  }
}

function firstOf(neighbourhoods: ReadonlyMap<string, Neighbourhood>): Neighbourhood | undefined {
  const [first] = neighbourhoods.values()
  return first
}

/** The number keeps the neighbours of two memories apart where cutting or joining makes their ids the same. */
function neighbourhood({ userId, memoryId }: Scope, number: number): Neighbourhood {
  return {
    crowd: resident(scope({ userId: `${cut(userId)}%neighbour${number}`, memoryId })),
    sibling: resident(scope({ userId, memoryId: `${cut(memoryId)}/neighbour${number}` })),
    passer: resident(scope({ userId: `${cut(userId, 120)}:${cut(memoryId, 120)}:neighbour${number}`, memoryId })),
  }
}

/** Leaves room for what is put behind. */
function cut(id: string, maxBytes = 240): string {
  let kept = id
  while (Buffer.byteLength(kept) > maxBytes) kept = Array.from(kept).slice(0, -1).join('')
  return kept
}

interface Noise {
  stir(): Promise<void>
  echo(changes: GraphChanges, applyId: string): Promise<void>
}

function besideGraph(graph: ScopedGraph, noise: Noise): ScopedGraph {
  const afterNoise = async <T>(call: () => Promise<T>): Promise<T> => {
    await noise.stir()
    return call()
  }
  async function* amidNoise<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
    await noise.stir()
    let count = 0
    for await (const item of items) {
      yield item
      count += 1
      if (count % 500 === 1) await noise.stir()
    }
  }
  return {
    scope: graph.scope,
    head: (options) => afterNoise(() => graph.head(options)),
    async apply(changes, options) {
      await noise.echo(changes, options.applyId)
      return graph.apply(changes, options)
    },
    get: (kind, ids, options) => afterNoise(() => graph.get(kind, ids, options)),
    scan: (kind, options) => amidNoise(graph.scan(kind, options)),
    episodesOfKeys: (keys, options) => afterNoise(() => graph.episodesOfKeys(keys, options)),
    sensesOfBlocks: (blocks, options) => afterNoise(() => graph.sensesOfBlocks(blocks, options)),
    segmentInfos: (options) => afterNoise(() => graph.segmentInfos(options)),
    segments: (sinceVersion, options) => amidNoise(graph.segments(sinceVersion, options)),
    count: (options) => afterNoise(() => graph.count(options)),
    erase: (options) => afterNoise(() => graph.erase(options)),
  }
}

/** The others' memories of the same user are gone before the case looks at the user: what it sees and erases is its own. */
function besideUser(user: UserMemories, leave: () => Promise<void>): UserMemories {
  return {
    userId: user.userId,
    async list(options) {
      await leave()
      return user.list(options)
    },
    async erase(options) {
      await leave()
      return user.erase(options)
    },
  }
}
