import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GraphMem, type GraphMemOptions, type GraphStore, type Memory, type MemoryEvent, type MemoryOptions } from '@graphmem/core'
import { localEmbedder } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'
import { afterEach, describe, inject } from 'vitest'
import './libsql-server.ts'
import { type ScriptedReasoner, scriptedReasoner } from './scripted-reasoner.ts'

/** What a test works with: one store, a GraphMem on it, its double of a reasoner, its clock, and what was observed. */
export interface Setting {
  readonly store: GraphStore
  readonly graphMem: GraphMem
  readonly reasoner: ScriptedReasoner
  readonly clock: Clock
  readonly events: (MemoryEvent & { readonly userId: string; readonly memoryId: string })[]
  /** Alice's memory `chat`, or another. */
  memory(options?: Partial<MemoryOptions>): Memory
  /** Another GraphMem on the same store, as another process has it. */
  another(options?: Partial<GraphMemOptions>): Setting
}

/** A clock that a test sets; `step` milliseconds go by with each look at it. */
interface Clock {
  now: number
  step: number
}

/** One embedder for all: its table is read once. */
export const embedder = localEmbedder()

/** On a double of a libSQL server, each store on a database that nobody has used. For tests of the project `pipelines`. */
export function storeOnServer(): GraphStore {
  const [url, authToken = ''] = inject('libsqlUrl').split('?authToken=')
  return tursoStore({ url: `${url}/${crypto.randomUUID()}`, authToken })
}

/** With `GRAPHMEM_TEST_EVERY_STORE=1` on a server, too, which is slower. */
export const stores: Readonly<Record<string, (folder: string) => GraphStore>> = {
  'memory store': () => memoryStore(),
  'turso, one file': (folder) => tursoStore({ url: `file:${join(folder, 'all.db')}` }),
  'turso, a file a user': (folder) => tursoStore({ urlTemplate: `file:${join(folder, '{userId}.db')}` }),
  ...(process.env['GRAPHMEM_TEST_EVERY_STORE'] === '1' ? { 'turso, a database on a server': storeOnServer } : {}),
}

/** Runs a theme's tests on every store. `create` makes a setting on a store of its own; all is closed and deleted after the test. */
export function onEveryStore(
  theme: string,
  define: (create: (options?: Partial<GraphMemOptions>) => Setting, isInProcess: boolean) => void,
): void {
  describe.each(Object.keys(stores))(`${theme} (%s)`, (kind) => {
    const opened: { readonly store: GraphStore; readonly folder: string }[] = []
    afterEach(async () => {
      for (const { store, folder } of opened.splice(0)) {
        await store[Symbol.asyncDispose]()
        rmSync(folder, { recursive: true, force: true })
      }
    })
    define((options) => {
      const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
      const store = stores[kind]?.(folder) ?? memoryStore()
      opened.push({ store, folder })
      return settingOf(store, options)
    }, kind === 'memory store')
  })
}

/** A setting on a store at hand. */
export function settingOf(store: GraphStore, options: Partial<GraphMemOptions> = {}): Setting {
  const reasoner = scriptedReasoner()
  const clock: Clock = { now: Date.UTC(2024, 0, 1), step: 1_000 }
  const events: Setting['events'] = []
  const graphMem = new GraphMem({
    store,
    reasoner,
    embedder,
    observer: (event) => events.push(event),
    clock: () => {
      clock.now += clock.step
      return clock.now
    },
    ...options,
  })
  return {
    store,
    graphMem,
    reasoner,
    clock,
    events,
    memory: (given) => graphMem.memory({ userId: 'alice', memoryId: 'chat', ...given }),
    another: (more) => settingOf(store, { ...options, ...more }),
  }
}
