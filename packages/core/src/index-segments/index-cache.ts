import { type Analyzer, type CallOptions, type Head, type ScopedGraph, scopeKey, unlessAborted, userKey } from '../spec/index.ts'
import { FairCache } from './fair-cache.ts'
import { loadIndex } from './load-index.ts'
import { processBytes } from './process-bytes.ts'
import type { RecallIndex } from './recall-index.ts'

interface Loaded {
  readonly head: Head
  readonly index: RecallIndex
}

/** A load, and how many calls wait for it: when none does any more, it stops. */
interface Load {
  readonly loaded: Promise<Loaded>
  readonly stop: AbortController
  waiting: number
}

/** The recall indexes that the process holds, each under its scope and incarnation, together never over `maxBytes`: see {@link FairCache}. */
export class IndexCache {
  readonly #held: FairCache<Loaded>
  readonly #loads = new Map<string, Load>()
  readonly #analyzer: Analyzer

  constructor(analyzer: Analyzer, maxBytes: number) {
    this.#analyzer = analyzer
    this.#held = new FairCache(maxBytes)
  }

  get count(): number {
    return this.#held.count
  }

  get sizeBytes(): number {
    return this.#held.sizeBytes
  }

  /**
   * The index of a memory at its head, or later. One call of the store when it is up to date: the head. Else it is loaded, once for all calls that
   * want it at once: the first to come is the one that read segments, and whoever is aborted leaves the load to the others.
   */
  async current(graph: ScopedGraph, options: CallOptions): Promise<Loaded & { readonly segmentsRead: number }> {
    const key = scopeKey(graph.scope)
    for (;;) {
      const head = await graph.head(options)
      const held = this.#held.get(key)
      const index = held?.head.incarnation === head.incarnation ? held?.index : undefined
      if (index !== undefined && index.version >= head.version) {
        // A head that was long on its way does not say what a later index is made with.
        const latest = held !== undefined && index.version > head.version ? held.head : head
        const current = { head: { ...latest, version: index.version }, index }
        this.#hold(graph, current)
        return { ...current, segmentsRead: 0 }
      }
      const before = index?.segments ?? 0
      const joined = this.#loads.get(key)
      const loaded = await this.#wait(graph, joined ?? this.#start(graph, head, index), options)
      if (joined === undefined) return { ...loaded, segmentsRead: loaded.index.segments - (loaded.index === index ? before : 0) }
      // What was under way when this call read the head may have begun before a write, or in an earlier life of the memory.
      if (loaded.head.incarnation === head.incarnation && loaded.index.version >= head.version) return { ...loaded, segmentsRead: 0 }
    }
  }

  /** Lets go of a memory's index; one that is being loaded goes to those who wait, and is not held. */
  drop(graph: ScopedGraph): void {
    const key = scopeKey(graph.scope)
    this.#held.delete(key)
    this.#loads.delete(key)
  }

  /** The same for all indexes whose keys begin so: those of one user, by the codec's key. */
  dropAll(keyStart: string): void {
    this.#held.deleteAll(keyStart)
    for (const key of this.#loads.keys()) if (key.startsWith(keyStart)) this.#loads.delete(key)
  }

  clear(): void {
    this.dropAll('')
  }

  #hold(graph: ScopedGraph, loaded: Loaded): void {
    this.#held.use(scopeKey(graph.scope), userKey(graph.scope.userId), loaded, processBytes(loaded.index))
  }

  #start(graph: ScopedGraph, head: Head, index: RecallIndex | undefined): Load {
    const key = scopeKey(graph.scope)
    const before = index?.segments
    const stop = new AbortController()
    const loaded = loadIndex(graph, head, index, this.#analyzer, { signal: stop.signal }).catch((error: unknown) => {
      // An index that was half refreshed is not trusted.
      if (index?.segments !== before) this.#held.delete(key)
      throw error
    })
    const load: Load = { loaded, stop, waiting: 0 }
    this.#loads.set(key, load)
    return load
  }

  async #wait(graph: ScopedGraph, load: Load, options: CallOptions): Promise<Loaded> {
    const key = scopeKey(graph.scope)
    load.waiting += 1
    try {
      const loaded = await unlessAborted(load.loaded, options.signal)
      // Else the memory was dropped meanwhile: it may have been erased.
      if (this.#loads.get(key) === load) this.#hold(graph, loaded)
      return loaded
    } finally {
      load.waiting -= 1
      if (load.waiting === 0) {
        load.stop.abort()
        if (this.#loads.get(key) === load) this.#loads.delete(key)
      }
    }
  }
}
