import { memoryCache } from '@graphmem/cache-memory'
import { mayBeMissing } from '@graphmem/services/may-be-missing'
import { memoryStore } from '@graphmem/store-memory'
import {
  brokenCaches,
  brokenStores,
  type IsolationReport,
  type Judge,
  probeCacheIsolation,
  probeIsolation,
  runTales,
} from '@graphmem/testkit'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Backend, backends } from '../src/isolation/backends.ts'
import { probeBackend } from '../src/isolation/probe-backend.ts'

const tested = ['memory', 'turso-file', 'cache-memory', 'cache-redis']
const probes = 300

async function run({ start }: Backend, seed: number): Promise<readonly IsolationReport[] | undefined> {
  try {
    await using running = await start()
    const { adapter, library } = await probeBackend(running, { probes, seed, maxFindings: 1 })
    return [adapter, library]
  } catch (error) {
    if (!mayBeMissing(error)) throw error
    return undefined
  }
}

describe.each(backends.filter(({ name }) => tested.includes(name)))('no tenant reaches another on $name', (backend) => {
  it.each([
    ['the same attempts each time', 20_260_101],
    ['attempts of its own this time', Math.floor(Math.random() * 2 ** 31)],
  ])('by %s', { timeout: 120_000 }, async (_, seed) => {
    const reports = await run(backend, seed)
    for (const { probes: made, leaks, voids } of reports ?? []) {
      expect({ seed, leaks, voids }).toEqual({ seed, leaks: [], voids: [] })
      expect(made).toBeGreaterThan(0)
    }
  })
})

const broken = brokenStores(() => ({ store: memoryStore() })).filter(({ breaksIsolation }) => breaksIsolation)
test.each(broken)('the probes find a store that $does ($name)', async ({ create }) => {
  const { leaks, voids } = await probeIsolation(create, { probes: 5_000, seed: 1, maxFindings: 1 })
  const [finding] = [...leaks, ...voids]
  expect(finding?.steps.length).toBeGreaterThan(0)
})

const brokenOnes = brokenCaches(() => ({ cache: memoryCache(), pass: () => undefined })).filter(({ breaksIsolation }) => breaksIsolation)
test.each(brokenOnes)('the probes find a cache that $does ($name)', async ({ create }) => {
  const { leaks } = await probeCacheIsolation(create, { probes: 5_000, seed: 1, maxFindings: 1 })
  expect(leaks.length).toBe(1)
})

test('what is found is shrunk to the few calls that repeat it', async () => {
  const create = broken.find(({ name }) => name === 'erases-by-prefix')?.create ?? expect.fail()
  const { leaks } = await probeIsolation(create, { probes: 5_000, seed: 1, maxFindings: 1 })
  expect(leaks[0]?.door).toBe('eraseUser')
  expect(leaks[0]?.steps.length).toBeLessThan(12)
})

test('an owner who does not find it either makes a probe void', async () => {
  const stage = {
    tales: fc.nat(),
    open: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
    play: async (_world: unknown, _tale: number, judge: Judge) => {
      judge.alone('get', 'nothing', 'nothing')
      judge.found('get', 'nothing', 'what the owner has')
      judge.count('get')
    },
  }
  const { probes: made, leaks, voids } = await runTales(stage, { probes: 10, seed: 1, maxFindings: 2 })
  expect({ made, leaks, voids: voids.map(({ door }) => door) }).toEqual({ made: 0, leaks: [], voids: ['get', 'get'] })
})
