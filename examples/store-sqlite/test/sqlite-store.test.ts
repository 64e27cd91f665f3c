import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type GraphChanges, scope } from '@graphmem/core/spec'
import { build, numberedIds, segment, write } from '@graphmem/testkit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sqliteStore } from '../src/index.ts'
import type { MemoryStatement, UserStatement } from '../src/scoped-statements.ts'
import { newFolder } from './new-folder.ts'

function newPath(): string {
  const folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'graph.db')
}

function openStore(path: string) {
  const store = sqliteStore({ path, busyTimeoutMs: 5_000 })
  onTestFinished(() => store[Symbol.asyncDispose]())
  return store
}

const alice = scope({ userId: 'alice', memoryId: 'chat' })
const bob = scope({ userId: 'bob', memoryId: 'chat' })

test('a statement without a slot for the user and the memory does not compile', () => {
  const statements: readonly MemoryStatement[] = [
    'select * from records where user_id = :user and memory_id = :memory',
    // @ts-expect-error no memory
    'select * from records where user_id = :user',
    // @ts-expect-error no user
    'select * from records where memory_id = :memory',
  ]
  // @ts-expect-error no user
  const ofUser: UserStatement = 'select memory_id from applies'
  expect([...statements, ofUser]).toHaveLength(4)
})

test('only one module speaks to the driver', () => {
  const folder = join(import.meta.dirname, '../src')
  const speaking = readdirSync(folder).filter((name) => readFileSync(join(folder, name), 'utf8').includes("'node:sqlite'"))
  expect(speaking).toEqual(['scoped-statements.ts'])
})

describe('what is deleted is in no file any more', () => {
  const sentinel = 'Xylophonquartz'

  /** Records of many lengths, so that the database moves them from page to page as its trees grow. */
  function changesOf(word: string, round: number): GraphChanges {
    const senses = numberedIds(30, `${word}-${round}-`).map((id, n) =>
      build.senses(id, { key: `${word} ${id}`, discriminator: word.repeat((n * 37 + round * 11) % (n % 7 === 0 ? 400 : 25)) }),
    )
    return { put: { senses }, putSegments: [segment(`${word}-${round}`, round + 1, round + 1, Buffer.from(word.repeat(round * 50)))] }
  }

  test.each(['erase', 'remove'] as const)('after %s', async (how) => {
    const path = newPath()
    const store = openStore(path)
    const [mine, others] = [store.open(alice), store.open(bob)]
    for (let round = 0; round < 12; round++) {
      for (const [graph, word] of [
        [mine, sentinel],
        [others, 'Ordinary'],
      ] as const) {
        await write(graph, changesOf(word, round))
      }
    }
    const filesWithText = () => readdirSync(join(path, '..')).filter((name) => readFileSync(join(path, '..', name)).includes(sentinel))
    expect(filesWithText()).not.toEqual([])
    if (how === 'erase') expect((await mine.erase()).unverified).toEqual([])
    else {
      const dropSegmentIds = (await mine.segmentInfos()).map(({ id }) => id)
      const ids: string[] = []
      for await (const { id } of mine.scan('senses')) ids.push(id)
      await write(mine, { remove: { senses: ids }, dropSegmentIds })
    }
    expect(filesWithText()).toEqual([])
    expect((await others.count()).senses).toBe(12 * 30)
  })

  test('or the receipt says that it could not be verified', async () => {
    const path = newPath()
    const graph = openStore(path).open(alice)
    await write(graph, changesOf(sentinel, 1))
    const reader = new DatabaseSync(path)
    onTestFinished(() => reader.close())
    reader.exec('begin; select * from records')
    expect((await graph.erase()).unverified).toHaveLength(1)
    expect((await graph.count()).senses).toBe(0)
  })
})

test('several processes that begin and write at once lose nothing', { timeout: 60_000 }, async () => {
  const path = newPath()
  const program = fileURLToPath(new URL('./programs/write-many.ts', import.meta.url))
  const writers = ['a', 'b', 'c'].map((writer) =>
    promisify(execFile)(process.execPath, ['--conditions=graphmem-source', program, path, writer, '30']),
  )
  await Promise.all(writers)
  const graph = openStore(path).open(alice)
  expect((await graph.head()).version).toBe(90)
  expect((await graph.count()).senses).toBe(90)
})

describe('a file that cannot be used is refused', () => {
  test('when a newer version wrote it, and left as it is', async () => {
    const path = newPath()
    const newer = new DatabaseSync(path)
    newer.exec('pragma user_version = 99')
    newer.close()
    const before = readFileSync(path)
    await expect(openStore(path).open(alice).head()).rejects.toMatchObject({ code: 'STORE_NEWER' })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('when it is no database', async () => {
    const path = newPath()
    writeFileSync(path, 'Dear diary, this is no database. '.repeat(100))
    await expect(openStore(path).open(alice).head()).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  })

  test('when its folder is not there', async () => {
    const graph = openStore(join(newPath(), 'nowhere', 'graph.db')).open(alice)
    await expect(graph.head()).rejects.toMatchObject({ code: 'STORE_FAILED' })
  })

  test('when another process holds it for too long', async () => {
    const path = newPath()
    await openStore(path).open(alice).head()
    const writer = new DatabaseSync(path)
    onTestFinished(() => writer.close())
    writer.exec('begin immediate')
    const graph = sqliteStore({ path, busyTimeoutMs: 10 }).open(alice)
    await expect(graph.head()).rejects.toMatchObject({ code: 'STORE_BUSY', retryable: true })
  })
})
