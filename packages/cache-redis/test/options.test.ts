import { scope } from '@graphmem/core/spec'
import { describe, expect, it } from 'vitest'
import { cacheError } from '../src/errors.ts'
import { type RedisCacheOptions, redisCache } from '../src/index.ts'

const url = 'redis://localhost:6379'

describe('options', () => {
  it.each<[string, string, unknown]>([
    ['url', 'nothing', {}],
    ['options', 'no object', undefined],
    ['url', 'two places', { url, nodes: [url] }],
    ['url', 'no URL', { url: 'localhost' }],
    ['url', 'another scheme', { url: 'http://localhost' }],
    ['nodes', 'no nodes', { nodes: [] }],
    ['nodes', 'a node that is no URL', { nodes: [url, 'hunter2'] }],
    ['client', 'no client', { client: {} }],
    ['prefix', 'a brace in the prefix', { url, prefix: 'a{b' }],
    ['prefix', 'an empty prefix', { url, prefix: '' }],
    ['ttl', 'an unknown one', { url, ttl: 5 }],
  ])('are refused, naming %s, where there is %s', (field, _, options) => {
    expect(() => redisCache(options as RedisCacheOptions)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', field }))
  })

  it('are not repeated in errors: they may hold a password', () => {
    expect(() => redisCache({ url: 'hunter2' })).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }))
  })
})

describe('errors', () => {
  it('say what to do, and nothing of the command', async () => {
    const cache = redisCache({ url: 'redis://127.0.0.1:1' })
    const error: unknown = await cache
      .open(scope({ userId: 'alice', memoryId: 'chat' }))
      .get('query', 'k')
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'CACHE_FAILED', retryable: true, message: expect.stringContaining('nobody answers there') })
    expect(error).not.toHaveProperty('cause')
    await cache[Symbol.asyncDispose]()
    const withCommand = Object.assign(new Error("OOM command not allowed when used memory > 'maxmemory'."), {
      command: { args: ['secret'] },
    })
    expect(JSON.stringify(cacheError(withCommand)) + cacheError(withCommand).message).toMatch(/it is full/)
    expect(JSON.stringify(cacheError(withCommand))).not.toContain('secret')
  })
})
