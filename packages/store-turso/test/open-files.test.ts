import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { GraphMemError } from '@graphmem/core/spec'
import { memoryOf, numberedIds, write } from '@graphmem/testkit'
import { expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { tempFolder } from './temp-folder.ts'

const files = '/proc/self/fd'

function openIn(folder: string): readonly string[] {
  return readdirSync(files).flatMap((descriptor) => {
    try {
      const file = readlinkSync(`${files}/${descriptor}`)
      return file.startsWith(folder) && /\.db( \(deleted\))?$/.test(file) ? [file] : []
    } catch {
      return []
    }
  })
}

test.skipIf(!existsSync(files))('a thousand users keep no more files open than allowed', { timeout: 60_000 }, async () => {
  const folder = tempFolder()
  const store = openStore({ urlTemplate: `file:${folder}/{userId}.db`, maxOpenFiles: 8 })
  const users = numberedIds(1000, 'user')
  let most = 0
  for (let from = 0; from < users.length; from += 50) {
    await Promise.all(
      users.slice(from, from + 50).map(async (user) => {
        await write(memoryOf(store, user), {})
        most = Math.max(most, openIn(folder).length)
      }),
    )
  }
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(8)
  expect(readdirSync(folder).filter((name) => name.endsWith('.db'))).toHaveLength(1000)
  for (const user of users.slice(0, 20)) expect((await memoryOf(store, user).head()).version).toBe(1)
  await store[Symbol.asyncDispose]()
  expect(openIn(folder)).toEqual([])
})

test('many calls at once share a single open file', async () => {
  const store = openStore({ urlTemplate: `file:${tempFolder()}/{userId}.db`, maxOpenFiles: 1 })
  const users = numberedIds(20, 'user')
  await Promise.all(users.map((user) => write(memoryOf(store, user), {})))
  const versions = await Promise.all(users.map(async (user) => (await memoryOf(store, user).head()).version))
  expect(versions).toEqual(users.map(() => 1))
})

test('users who come back while their files are being closed lose nothing', async () => {
  const folder = tempFolder()
  const store = openStore({ urlTemplate: `file:${folder}/{userId}.db`, maxOpenFiles: 2 })
  const users = numberedIds(5, 'user')
  const writes = Array.from({ length: 100 }, (_, number) => users[(number * 7) % users.length] ?? '')
  await Promise.all(
    writes.map(async (user, number) => {
      for (;;) {
        const written = await write(memoryOf(store, user), {}, { applyId: `${number}` }).catch((error: unknown) => {
          if (!GraphMemError.is(error) || !error.retryable) throw error
        })
        if (written) return
      }
    }),
  )
  for (const user of users) expect((await memoryOf(store, user).head()).version).toBe(20)
  if (existsSync(files)) expect(openIn(folder).length).toBeLessThanOrEqual(2)
})
