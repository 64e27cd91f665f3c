import { memoryCache } from '@graphmem/cache-memory'
import { memoryStore } from '@graphmem/store-memory'
import {
  brokenCaches,
  brokenStores,
  cacheCases,
  graphStoreCases,
  type IsolationReport,
  probeCacheIsolation,
  probeIsolation,
  runCacheCase,
  runStoreCase,
} from '@graphmem/testkit'
import type { CaughtLines } from './isolation-report.ts'

/** More than enough: most are caught within a few hundred. */
const probes = 20_000

interface Caught {
  readonly name: string
  readonly does: string
  readonly named: readonly string[]
  readonly failed: readonly string[]
  readonly probed: IsolationReport | undefined
}

/** Breaks a store and a cache in every way the kit knows of, and shows which named case and which probe catch each. */
export async function brokenLines(seed: number): Promise<CaughtLines> {
  const caught = [...(await stores(seed)), ...(await caches(seed))]
  return {
    lines: [
      ['broken', 'what it does', 'cases it names', 'of these fail', 'first', 'probe that finds it', 'after probes'],
      ...caught.map(({ name, does, named, failed, probed }) => [
        name,
        does,
        String(named.length),
        String(failed.length),
        failed[0] ?? '',
        probed === undefined ? '' : (doorOf(probed) ?? 'none'),
        probed === undefined ? '' : probed.probes.toLocaleString('en-US'),
      ]),
    ],
    missed: caught.filter(isMissed).map(({ name }) => name),
  }
}

function isMissed({ named, failed, probed }: Caught): boolean {
  return failed.length < named.length || (probed !== undefined && doorOf(probed) === undefined)
}

function doorOf({ leaks, voids }: IsolationReport): string | undefined {
  return [...leaks, ...voids][0]?.door
}

async function stores(seed: number): Promise<readonly Caught[]> {
  const caught: Caught[] = []
  for (const { name, does, fails, breaksIsolation, create } of brokenStores(() => ({ store: memoryStore(), reopen: memoryStore }))) {
    const failed: string[] = []
    for (const each of graphStoreCases.filter(({ id }) => fails.includes(id)))
      await runStoreCase(each, create, 'alone').catch(() => failed.push(each.id))
    const probed = breaksIsolation ? await probeIsolation(create, { probes, seed, maxFindings: 1 }) : undefined
    caught.push({ name: `store that ${name}`, does, named: fails, failed, probed })
  }
  return caught
}

async function caches(seed: number): Promise<readonly Caught[]> {
  const caught: Caught[] = []
  const sound = () => {
    let now = Date.now()
    return { cache: memoryCache({ clock: () => now }), pass: (milliseconds: number) => (now += milliseconds) }
  }
  for (const { name, does, fails, breaksIsolation, create } of brokenCaches(sound)) {
    const failed: string[] = []
    for (const each of cacheCases.filter(({ id }) => fails.includes(id)))
      await runCacheCase(each, create, 'alone').catch(() => failed.push(each.id))
    const probed = breaksIsolation ? await probeCacheIsolation(create, { probes, seed, maxFindings: 1 }) : undefined
    caught.push({ name: `cache that ${name}`, does, named: fails, failed, probed })
  }
  return caught
}
