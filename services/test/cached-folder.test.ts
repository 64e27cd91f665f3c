import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cachedFolder } from '../src/cached-folder.ts'

describe('a folder of the cache', () => {
  let cache = ''

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'graphmem-cache-'))
    vi.stubEnv('XDG_CACHE_HOME', cache)
  })

  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(cache, { recursive: true })
  })

  it('is filled once', async () => {
    const fill = vi.fn((draft: string) => writeFile(join(draft, 'made'), 'whole'))
    const folder = await cachedFolder('thing@1', fill)
    expect(await cachedFolder('thing@1', fill)).toBe(folder)
    expect(fill).toHaveBeenCalledTimes(1)
    expect(await readFile(join(folder, 'made'), 'utf8')).toBe('whole')
  })

  it('is not there after it was filled by half, nor is its draft', async () => {
    const fill = async (draft: string) => {
      await writeFile(join(draft, 'made'), 'half')
      throw new Error('no room')
    }
    await expect(cachedFolder('thing@1', fill)).rejects.toThrow('no room')
    expect(await readdir(join(cache, 'graphmem'))).toEqual([])
  })

  it('is one where two fill it at once', async () => {
    const fill = (draft: string) => writeFile(join(draft, 'made'), 'whole')
    const [one, other] = await Promise.all([cachedFolder('thing@1', fill), cachedFolder('thing@1', fill)])
    expect(one).toBe(other)
    expect(await readdir(join(cache, 'graphmem'))).toEqual(['thing@1'])
  })

  it('takes the drafts away that killed processes left, and no one else’s', async () => {
    const parent = join(cache, 'graphmem')
    // No process has this number: it is above the highest that there can be.
    const [left, used, other] = ['thing@1.99999999-x', `thing@1.${process.pid}-x`, 'thing@2'].map((name) => join(parent, name))
    for (const folder of [left, used, other]) await mkdir(String(folder), { recursive: true })
    await cachedFolder('thing@1', async () => {})
    expect([left, used, other].map((folder) => existsSync(String(folder)))).toEqual([false, true, true])
  })
})
