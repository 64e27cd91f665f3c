import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryCache } from '@graphmem/cache-memory'
import { GraphMemError, type GraphStore } from '@graphmem/core'
import { hostLabel } from '@graphmem/core/spec'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'
import {
  cacheCases,
  graphStoreCases,
  hostileIds,
  type IsolationReport,
  memoryOf,
  probeCacheIsolation,
  probeIsolation,
  runCacheCase,
  runStoreCase,
  write,
} from '@graphmem/testkit'
import { probeMemories } from '../probe-memories.ts'
import { checkResultKeys, checkSameQuestions, checkWritesSideBySide } from './library-checks.ts'

/** Something that is sound while it resolves. */
export interface SourceCheck {
  readonly name: string
  readonly run: () => Promise<void>
}

const seed = 1

/** What is asked of the packages when something of a file may be gone, the likeliest first. */
export function checksOf(file: string): readonly SourceCheck[] {
  if (file.startsWith('packages/store-memory/')) return [kit('memory', () => memoryStore()), probes('memory', () => memoryStore())]
  if (file.startsWith('packages/cache-memory/')) return [cacheKit, cacheProbes]
  if (file.startsWith('packages/store-turso/')) return [swappedFiles, inFolder(probes), inFolder(kit)]
  if (file.endsWith('scope-codec.ts'))
    return [hostLabels, cacheKit, cacheProbes, checkWritesSideBySide, checkSameQuestions, swappedFiles, inFolder(probes), inFolder(kit)]
  return [checkSameQuestions, checkResultKeys, checkWritesSideBySide, libraryProbes]
}

function kit(name: string, create: () => GraphStore): SourceCheck {
  return {
    name: `the kit, on store-${name}`,
    async run() {
      const cases = graphStoreCases.filter(({ theme }) => ['isolation', 'identifiers', 'users', 'head', 'erase'].includes(theme))
      for (const each of cases) {
        await runStoreCase(each, () => ({ store: create(), reopen: create }), 'alone').catch((error) => fail(`case ${each.id}`, error))
        await runStoreCase(each, () => ({ store: create(), reopen: create }), 'beside').catch((error) =>
          fail(`case ${each.id}, beside`, error),
        )
      }
    },
  }
}

function probes(name: string, create: () => GraphStore): SourceCheck {
  return { name: `probes of store-${name}`, run: async () => sound(await probeIsolation(create, { probes: 1_000, seed, maxFindings: 1 })) }
}

const createCache = () => {
  let now = Date.now()
  return { cache: memoryCache({ clock: () => now }), pass: (milliseconds: number) => (now += milliseconds) }
}

const cacheKit: SourceCheck = {
  name: 'the kit, on cache-memory',
  async run() {
    for (const each of cacheCases) await runCacheCase(each, createCache, 'beside').catch((error) => fail(`case ${each.id}`, error))
  },
}

const cacheProbes: SourceCheck = {
  name: 'probes of cache-memory',
  run: async () => sound(await probeCacheIsolation(createCache, { probes: 20_000, seed, maxFindings: 1 })),
}

const libraryProbes: SourceCheck = {
  name: 'probes of the library',
  async run() {
    const open = async () => {
      const [store, cache] = [memoryStore(), memoryCache()]
      return { store, cache, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
    }
    sound(await probeMemories(open, { probes: 600, seed, maxFindings: 1 }))
  },
}

/** Runs a check of stores in a folder of its own, with a file a user. */
function inFolder(check: (name: string, create: () => GraphStore) => SourceCheck): SourceCheck {
  const folders: string[] = []
  const create = () => {
    const folder = mkdtempSync(join(tmpdir(), 'graphmem-mutant-'))
    folders.push(folder)
    return tursoStore({ urlTemplate: `file:${join(folder, '{userId}.db')}` })
  }
  const { name, run } = check('turso, a file a user', create)
  return {
    name,
    async run() {
      await run().finally(() => folders.forEach((folder) => void rmSync(folder, { recursive: true, force: true })))
    },
  }
}

const hostLabels: SourceCheck = {
  name: 'labels of hosts',
  async run() {
    const labels = hostileIds.map(hostLabel)
    if (new Set(labels).size < hostileIds.length) throw new Error('two ids have the same')
    if (!labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))) throw new Error('one is none')
  },
}

const swappedFiles: SourceCheck = {
  name: 'a file that is put in the place of another user’s',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'graphmem-mutant-'))
    const open = () => tursoStore({ urlTemplate: `file:${join(folder, '{userId}.db')}` })
    const put = { senses: [{ id: 's', key: 'k', discriminator: '', block: 'b' }] }
    try {
      const first = open()
      for (const userId of ['alice', 'bob']) await write(memoryOf(first, userId), { put })
      await first[Symbol.asyncDispose]()
      copyFileSync(join(folder, 'alice.db'), join(folder, 'bob.db'))
      // As the file of somebody else, and as one that all share.
      for (const second of [open(), tursoStore({ url: `file:${join(folder, 'alice.db')}` })]) {
        const refused: unknown = await memoryOf(second, 'bob')
          .head()
          .then(
            () => undefined,
            (error: unknown) => error,
          )
        await second[Symbol.asyncDispose]()
        if (!GraphMemError.is(refused) || refused.code !== 'STORE_CORRUPT') fail('it is not refused', refused)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function sound({ leaks, voids }: IsolationReport): void {
  const [finding] = [...leaks, ...voids]
  if (finding !== undefined) fail(`door ${finding.door}`, finding.message)
}

function fail(where: string, reason: unknown): never {
  throw new Error(where, { cause: reason })
}
