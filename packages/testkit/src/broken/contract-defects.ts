import { GraphMemError, type Scope } from '@graphmem/core/spec'
import type { Defect } from './broken-store.ts'
import { passThrough } from './pass-through.ts'

/** Stores that do not keep to what every call is held to: signals, closing, scopes, and what they say of themselves. */
export const contractDefects: readonly Defect[] = [
  {
    name: 'loses-the-signal',
    does: 'does not hand the signal on',
    fails: [
      'signal-aborted-before',
      'signal-aborted-before-writes-nothing',
      'signal-aborted-during-scan',
      'signal-aborted-during-segments',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          head: () => graph.head(),
          apply: (changes, { signal: _, ...options }) => graph.apply(changes, options),
          get: (kind, ids) => graph.get(kind, ids),
          scan: (kind) => graph.scan(kind),
          episodesOfKeys: (keys) => graph.episodesOfKeys(keys),
          sensesOfBlocks: (blocks) => graph.sensesOfBlocks(blocks),
          segmentInfos: () => graph.segmentInfos(),
          segments: (since) => graph.segments(since),
          count: () => graph.count(),
          erase: (options) => graph.erase({ expect: options?.expect }),
        }),
        user: (user) => ({ list: () => user.list(), erase: () => user.erase() }),
      }),
  },
  {
    name: 'loses-the-signal-under-way',
    does: 'looks at the signal once, and not again',
    fails: ['signal-aborted-during-scan', 'signal-aborted-during-segments'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async *scan(kind, options) {
            options?.signal?.throwIfAborted()
            yield* graph.scan(kind)
          },
          async *segments(since, options) {
            options?.signal?.throwIfAborted()
            yield* graph.segments(since)
          },
        }),
      }),
  },
  {
    name: 'wraps-the-reason',
    does: 'rejects with an error of its own when it is aborted',
    fails: ['signal-aborted-before'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async head(options) {
            if (options?.signal?.aborted) throw new DOMException('The operation was aborted.', 'AbortError')
            return graph.head(options)
          },
        }),
      }),
  },
  {
    name: 'stays-open',
    does: 'goes on after it was disposed of',
    fails: ['dispose-closes-handles', 'dispose-closes-store', 'dispose-twice', 'error-without-text', 'error-of-library'],
    begin: () => (sound) => passThrough(sound, { store: { [Symbol.asyncDispose]: async () => undefined } }),
  },
  {
    name: 'claims-to-be-durable',
    does: 'says that it keeps what is gone',
    fails: ['capability-durable', 'capability-durable-erasure'],
    begin: () => (sound) => passThrough(sound, { store: { capabilities: { ...sound.capabilities, durable: true } } }),
  },
  {
    name: 'claims-several-processes',
    does: 'says that several may write at once, and keeps each by itself',
    fails: ['capability-multi-process'],
    begin: () => (sound) => passThrough(sound, { store: { capabilities: { ...sound.capabilities, multiProcess: true } } }),
  },
  {
    name: 'has-no-name',
    does: 'does not say what it is',
    fails: ['capability-names'],
    begin: () => (sound) => passThrough(sound, { store: { name: '' } }),
  },
  {
    name: 'says-another-scope',
    does: 'says of every memory that it has another id',
    fails: ['scope-of-graph'],
    begin: () => (sound) =>
      passThrough(sound, { graph: (graph) => ({ scope: { ...graph.scope, memoryId: 'memory' as Scope['memoryId'] } }) }),
  },
  {
    name: 'wants-its-own-scopes',
    does: 'refuses a scope that another copy of the library made',
    fails: [
      'scope-by-value',
      'scope-changed-afterwards',
      'isolation-foreign-ids',
      'isolation-reads',
      'isolation-writes',
      'isolation-apply-ids',
      'isolation-heads',
      'isolation-at-once',
      'isolation-handles',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        store: {
          open(of) {
            if (Object.isFrozen(of)) return sound.open(of)
            throw new GraphMemError({ code: 'SCOPE_INVALID', message: 'Cannot open a memory: this is no scope. Make one with scope().' })
          },
        },
      }),
  },
]
