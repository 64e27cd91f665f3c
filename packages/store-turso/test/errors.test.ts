import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { scope } from '@graphmem/core/spec'
import { build, memoryOf, numberedIds, segment, write } from '@graphmem/testkit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { databases } from '../src/databases.ts'
import { fileConnections } from '../src/file-connections.ts'
import { scopedGraph } from '../src/scoped-graph.ts'
import { childProcess, inChildProcesses } from './child-processes.ts'
import { failureOf } from './failure-of.ts'
import { openStore } from './open-store.ts'
import { tempFolder } from './temp-folder.ts'
import { clientInMemory } from './watched-client.ts'

const sentinel = 'Xylophonquartz'
const isRoot = process.getuid?.() === 0

function textOf(size: number): string {
  return `${sentinel} `.repeat(size)
}

describe('a file that cannot be read', () => {
  test('because it is no database is STORE_CORRUPT, and stays as it is', async () => {
    const file = `${tempFolder()}/all.db`
    writeFileSync(file, textOf(1000))
    const graph = memoryOf(openStore({ url: `file:${file}` }), 'alice')
    for (const call of [() => graph.head(), () => write(graph, {}), () => graph.erase()]) {
      const error = await failureOf(call)
      expect(error).toMatchObject({ code: 'STORE_CORRUPT', retryable: false })
      expect(error.message).not.toContain(sentinel)
    }
    expect(readFileSync(file, 'utf8')).toBe(textOf(1000))
  })

  test('because pages in its middle are damaged is STORE_CORRUPT, and tells nothing of its text', async () => {
    const file = `${tempFolder()}/all.db`
    const first = openStore({ url: `file:${file}` })
    await write(memoryOf(first, 'alice'), { put: { chunks: numberedIds(500).map((id) => build.chunks(id, { text: textOf(50) })) } })
    await first[Symbol.asyncDispose]()
    const bytes = readFileSync(file)
    bytes.fill(0xa7, 40 * 4096, 120 * 4096)
    writeFileSync(file, bytes)

    const graph = memoryOf(openStore({ url: `file:${file}` }), 'alice')
    const error = await failureOf(async () => {
      for await (const _ of graph.scan('chunks'));
    })
    expect(error).toMatchObject({ code: 'STORE_CORRUPT' })
    expect(error.message).not.toContain(sentinel)
  })

  test('because a folder stands in its place is an error of the store', async () => {
    const folder = tempFolder()
    mkdirSync(`${folder}/all.db`)
    const graph = memoryOf(openStore({ url: `file:${folder}/all.db` }), 'alice')
    expect(await failureOf(() => graph.head())).toMatchObject({ code: 'STORE_FAILED' })
  })

  test('because its folder is a file is an error of the store', async () => {
    const folder = tempFolder()
    writeFileSync(`${folder}/file`, '')
    const graph = memoryOf(openStore({ url: `file:${folder}/file/all.db` }), 'alice')
    expect(await failureOf(() => write(graph, {}, { applyId: 'a' }))).toMatchObject({ code: 'STORE_FAILED' })
  })
})

describe('what cannot be written is STORE_READ_ONLY', () => {
  test('on a connection that only reads', async () => {
    const client = clientInMemory()
    const graph = memoryOf(openStore({ client }), 'alice')
    await write(graph, {})
    await client.execute('PRAGMA query_only = ON')
    expect(await failureOf(() => write(graph, {}))).toMatchObject({ code: 'STORE_READ_ONLY', retryable: false })
    expect((await graph.head()).version).toBe(1)
  })

  test.skipIf(!isRoot)('for a file and a folder of somebody else [needs root, to become somebody else]', { timeout: 30_000 }, async () => {
    const folder = tempFolder()
    chmodSync(folder, 0o755)
    const store = openStore({ url: `file:${folder}/all.db` })
    await write(memoryOf(store, 'alice'), {})
    await store[Symbol.asyncDispose]()
    chmodSync(`${folder}/all.db`, 0o644)
    mkdirSync(`${folder}/empty`, { mode: 0o755 })
    expect(await inChildProcesses(1, () => ['without-rights', `file:${folder}/all.db`])).toEqual(['STORE_READ_ONLY STORE_READ_ONLY'])
    expect(await inChildProcesses(1, () => ['without-rights', `file:${folder}/empty/all.db`])).toEqual(['read STORE_READ_ONLY'])
    expect(await inChildProcesses(1, () => ['without-rights', `file:${folder}/missing/all.db`])).toEqual(['read STORE_READ_ONLY'])
  })
})

test('a database that another process has locked is STORE_BUSY and retryable, and free afterwards', { timeout: 30_000 }, async () => {
  const path = `${tempFolder()}/all.db`
  const connections = fileConnections({ pathOf: () => path, oneFileEach: false, maxOpenFiles: 1, busyTimeoutMs: 50 })
  const opened = databases(connections)
  onTestFinished(() => opened.close())
  const graph = scopedGraph(scope({ userId: 'alice', memoryId: 'chat' }), opened)
  await write(graph, {})
  const child = childProcess(['hold-lock', `file:${path}`])
  if (!child.stdout) throw new Error('the child has an output')
  await once(child.stdout, 'data')
  for (const _ of [1, 2]) expect(await failureOf(() => write(graph, {}))).toMatchObject({ code: 'STORE_BUSY', retryable: true })
  expect((await graph.head()).version).toBe(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect((await write(graph, {})).head.version).toBe(2)
})

describe('a full disk is STORE_FULL, and nothing of the apply is kept', () => {
  const large = {
    put: { senses: [build.senses('large')], chunks: [build.chunks('large', { text: textOf(200_000) })] },
    putSegments: [segment('large', 2)],
  }

  test('when the database may not grow', async () => {
    const client = clientInMemory()
    const graph = memoryOf(openStore({ client }), 'alice')
    await write(graph, {})
    await client.execute('PRAGMA max_page_count = 100')
    const error = await failureOf(() => write(graph, large))
    expect(error).toMatchObject({ code: 'STORE_FULL', retryable: false })
    expect(error.message).not.toContain(sentinel)
    expect((await graph.head()).version).toBe(1)
    expect(await graph.get('senses', ['large'])).toEqual([])
    expect((await write(graph, { put: { senses: [build.senses('small')] } })).head.version).toBe(2)
  })

  test('when the file system is', async ({ skip }) => {
    const disk = smallDisk()
    if (disk === undefined) return skip('needs the right to mount a small file system')
    const graph = memoryOf(openStore({ url: `file:${disk}/all.db` }), 'alice')
    await write(graph, {})
    expect(await failureOf(() => write(graph, large))).toMatchObject({ code: 'STORE_FULL' })
    expect((await graph.head()).version).toBe(1)
    expect(await graph.get('senses', ['large'])).toEqual([])
    expect((await write(graph, { put: { senses: [build.senses('small')] } })).head.version).toBe(2)
  })
})

describe('a signal', () => {
  test('that was aborted before lets nothing happen', async () => {
    const folder = tempFolder()
    const store = openStore({ url: `file:${folder}/new/all.db` })
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    const graph = memoryOf(store, 'alice')
    await expect(graph.apply({ put: {} }, { applyId: 'a', expect: { version: 0 }, generation: 'g', signal })).rejects.toBe(reason)
    await expect(graph.erase({ signal })).rejects.toBe(reason)
    expect(await graph.head()).toEqual({ version: 0 })
  })

  test('that is aborted at any moment of an apply leaves it whole or absent', async () => {
    const graph = memoryOf(openStore({ url: `file:${tempFolder()}/all.db` }), 'alice')
    let { head } = await write(graph, {})
    for (let turns = 0; turns < 12; turns += 1) {
      const controller = new AbortController()
      const reason = new Error('enough')
      const id = `after-${turns}`
      const put = { senses: [build.senses(id)], facts: [build.facts(id)] }
      const applying = graph.apply({ put }, { applyId: id, expect: head, generation: 'g', signal: controller.signal })
      const outcome = applying.then(
        () => 'applied',
        (error: unknown) => error,
      )
      for (let turn = 0; turn < turns; turn += 1) await (turn % 3 === 2 ? new Promise(setImmediate) : Promise.resolve())
      controller.abort(reason)
      expect([reason, 'applied']).toContain(await outcome)
      const [sense, fact, now] = [await graph.get('senses', [id]), await graph.get('facts', [id]), await graph.head()]
      expect([sense.length, fact.length]).toEqual(now.version > head.version ? [1, 1] : [0, 0])
      head = now
    }
  })

  test('ends a scan in the middle', async () => {
    const graph = memoryOf(openStore({ url: `file:${tempFolder()}/all.db` }), 'alice')
    await write(graph, { put: { senses: numberedIds(1000).map((id) => build.senses(id)) } })
    const controller = new AbortController()
    const reason = new Error('enough')
    let seen = 0
    const scanning = async () => {
      for await (const _ of graph.scan('senses', { signal: controller.signal })) {
        seen += 1
        if (seen === 300) controller.abort(reason)
      }
    }
    await expect(scanning()).rejects.toBe(reason)
    expect(seen).toBe(300)
  })
})

describe('what was closed is CLOSED', () => {
  test('when the store was disposed of', async () => {
    const store = openStore({ urlTemplate: `file:${tempFolder()}/{userId}.db` })
    const graph = memoryOf(store, 'alice')
    await write(graph, {})
    await store[Symbol.asyncDispose]()
    for (const call of [
      () => graph.head(),
      () => graph.erase(),
      () => store.user(scope({ userId: 'alice', memoryId: 'm' }).userId).list(),
    ]) {
      expect(await failureOf(call)).toMatchObject({ code: 'CLOSED' })
    }
  })

  test('when the owner of a live client closed it', async () => {
    const client = clientInMemory()
    const graph = memoryOf(openStore({ client }), 'alice')
    await write(graph, {})
    client.close()
    expect(await failureOf(() => graph.head())).toMatchObject({ code: 'CLOSED' })
  })
})

/** A file system of one megabyte, or `undefined` where none may be mounted. */
function smallDisk(): string | undefined {
  const folder = tempFolder()
  try {
    execFileSync('/usr/bin/env', ['mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('/usr/bin/env', ['umount', '-l', folder], { stdio: 'ignore' }))
  return folder
}
