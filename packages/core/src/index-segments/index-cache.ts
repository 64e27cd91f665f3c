import { type Analyzer, type CallOptions, type Head, type ScopedGraph, scopeKey } from '../spec/index.ts'
import { loadIndex } from './load-index.ts'
import type { RecallIndex } from './recall-index.ts'

interface Entry {
  readonly incarnation: string
  index: RecallIndex
}

/** How much larger an index is in the process than its segments are, roughly, as measured on prose. */
const expansion = 6

/** The recall indexes that the process holds, each under its scope and incarnation; least recently used ones go when they are over `maxBytes` together. */
export class IndexCache {
  readonly #entries = new Map<string, Entry>()
  readonly #loading = new Map<string, Promise<unknown>>()
  readonly #maxBytes: number
  readonly #analyzer: Analyzer

  constructor(analyzer: Analyzer, maxBytes: number) {
    this.#analyzer = analyzer
    this.#maxBytes = maxBytes
  }

  /** The index of a memory at its head, or later. One call of the store when it is up to date: the head. */
  async current(
    graph: ScopedGraph,
    options: CallOptions,
  ): Promise<{ readonly head: Head; readonly index: RecallIndex; readonly segmentsRead: number }> {
    const key = scopeKey(graph.scope)
    const head = await graph.head(options)
    const loading = this.#loading.get(key)
    if (loading !== undefined) {
      // One load at a time of a memory; a load that failed or was aborted is not the next caller's fault.
      await loading.catch(() => undefined)
      return this.current(graph, options)
    }
    const held = this.#held(key, head)
    if (held !== undefined && held.version >= head.version) {
      this.#use(key, head, held)
      return { head: { ...head, version: held.version }, index: held, segmentsRead: 0 }
    }
    const before = held?.segments ?? 0
    const load = loadIndex(graph, head, held, this.#analyzer, options)
    this.#loading.set(key, load)
    try {
      const { head: loadedHead, index } = await load
      this.#use(key, loadedHead, index)
      return { head: loadedHead, index, segmentsRead: index.segments - (index === held ? before : 0) }
    } catch (error) {
      // An index that was half refreshed is not trusted.
      this.#entries.delete(key)
      throw error
    } finally {
      if (this.#loading.get(key) === load) this.#loading.delete(key)
    }
  }

  drop(graph: ScopedGraph): void {
    this.#entries.delete(scopeKey(graph.scope))
  }

  /** Lets go of all indexes whose keys begin so: those of one user, by the codec's key. */
  dropAll(keyStart: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(keyStart)) this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }

  #held(key: string, head: Head): RecallIndex | undefined {
    const entry = this.#entries.get(key)
    return entry !== undefined && entry.incarnation === (head.incarnation ?? '') ? entry.index : undefined
  }

  #use(key: string, head: Head, index: RecallIndex): void {
    this.#entries.delete(key)
    this.#entries.set(key, { incarnation: head.incarnation ?? '', index })
    let bytes = 0
    for (const entry of this.#entries.values()) bytes += entry.index.sizeBytes * expansion
    for (const [oldest, entry] of this.#entries) {
      if (bytes <= this.#maxBytes || oldest === key) break
      bytes -= entry.index.sizeBytes * expansion
      this.#entries.delete(oldest)
    }
  }
}
