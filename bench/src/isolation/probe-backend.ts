import { type IsolationReport, type ProbeOptions, probeCacheIsolation, probeIsolation } from '@graphmem/testkit'
import type { RunningBackend } from './backends.ts'
import { probeMemories } from './probe-memories.ts'

/** What came of probing one backend: the adapter itself, and the whole library on it. */
export interface BackendReport {
  readonly adapter: IsolationReport
  readonly library: IsolationReport
  /** Answers that came from the cache under test. */
  readonly cached: number
}

/** The part of the probes that go through the whole library: each costs many calls of the adapter. */
const libraryShare = 0.15

export async function probeBackend({ open }: RunningBackend, { probes, seed, ...rest }: Required<ProbeOptions>): Promise<BackendReport> {
  const ofLibrary = Math.ceil(probes * libraryShare)
  const ofAdapter = { ...rest, seed, probes: probes - ofLibrary }
  const first = await open()
  const isCache = first.cache !== undefined
  await first[Symbol.asyncDispose]()
  const adapter = isCache
    ? await probeCacheIsolation(async () => {
        const { cache, ...place } = await open()
        if (cache === undefined) throw new TypeError('a cache is there each time, or never')
        return { cache, pass: () => undefined, cleanup: () => place[Symbol.asyncDispose]() }
      }, ofAdapter)
    : await probeIsolation(async () => {
        const place = await open()
        return { store: place.store, cleanup: () => place[Symbol.asyncDispose]() }
      }, ofAdapter)
  const { cached, ...library } = await probeMemories(open, { ...rest, seed, probes: ofLibrary })
  if (isCache && cached === 0) throw new Error('no answer came from the cache: its probes show nothing')
  return { adapter, library, cached }
}

export function problemsOf({ adapter, library }: BackendReport): number {
  return [adapter, library].reduce((sum, { leaks, voids }) => sum + leaks.length + voids.length, 0)
}
