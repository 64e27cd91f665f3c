import { cacheCases, runCacheCase } from '@graphmem/testkit'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, it } from 'vitest'
import { redisCache } from '../src/index.ts'
import { redisUnderTest } from './redis-under-test.ts'

/** Each part of a key is taken out in turn: the kit has to catch every one. */
const mutants: Readonly<Record<string, (key: string) => string>> = {
  'the user': (key) => key.replace(/\{[^}]*\}/, '{all}'),
  'the user of entries': (key) => (key.endsWith(':keys') ? key : key.replace(/\{[^}]*\}/, '{all}')),
  'the user of the set': (key) => (key.endsWith(':keys') ? key.replace(/\{[^}]*\}/, '{all}') : key),
  'the kind': (key) => key.replace('}:search:', '}:query:'),
  'the memory': (key) => key.replace(/(\}:(?:query|search)):[^:]*/, '$1:all'),
  'the memory of what is erased': (key) => (key.endsWith(':') ? key.replace(/(\}:(?:query|search)):[^:]*:$/, '$1:') : key),
  'the end of the memory of what is erased': (key) => (key.endsWith(':') ? key.slice(0, -1) : key),
  'the kind of what is erased': (key) => (key.endsWith(':') ? key.replace('}:search:', '}:query:') : key),
  'the hash': (key) => key.replace(/(\}:(?:query|search):[^:]*):.+/, '$1:k'),
}

const redis = await redisUnderTest('one node')
describe.skipIf(redis === undefined)('a key of Redis', () => {
  if (redis === undefined) return
  const client = new Redis(redis.service.url)
  afterAll(async () => {
    client.disconnect()
    await redis[Symbol.asyncDispose]()
  })

  const create = (change: (key: string) => string) => () => {
    const prefix = redis.freshPrefix()
    const changed = {
      status: 'ready',
      callBuffer: (command: string, script: string, count: number, ...rest: (string | Buffer)[]) =>
        client.callBuffer(command, script, count, ...rest.map((each, place) => (place < count ? change(String(each)) : each))),
    }
    return { ...redis.create(), cache: redisCache({ prefix, client: changed as unknown as Redis }) }
  }
  const failures = async (change: (key: string) => string): Promise<readonly string[]> => {
    const failed: string[] = []
    for (const each of cacheCases) {
      if (!each.id.startsWith('ttl-')) await runCacheCase(each, create(change), 'alone').catch(() => failed.push(each.id))
    }
    return failed
  }

  it('passes every case as it is', async () => {
    expect(await failures((key) => key)).toEqual([])
  })

  it.each(Object.keys(mutants))('without %s in it fails some case', async (name) => {
    expect(await failures(mutants[name] ?? expect.fail())).not.toEqual([])
  })
})
