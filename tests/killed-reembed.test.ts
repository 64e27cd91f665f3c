import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GraphStore, scope } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'
import { expect, it, onTestFinished } from 'vitest'
import { killedProgram } from './killed-program.ts'
import { legibleEmbedder } from './legible-embedder.ts'
import { settingOf } from './on-every-store.ts'
import { rejection } from './rejection.ts'

const turns = Array.from({ length: 400 }, (_, sequence) => ({ name: 'Ann', content: `${sequence}: Bob${sequence} likes Tea.`, sequence }))

/** The texts whose vectors wait beside the index, by their first letters, which are in them. */
async function waitingTexts(store: GraphStore): Promise<ReadonlySet<string>> {
  const texts = new Set<string>()
  for await (const { lastVersion, bytes } of store.open(scope({ userId: 'alice', memoryId: 'chat' })).segments(-1)) {
    if (lastVersion > 0) continue
    for (const [, text = ''] of Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/\x7f(\d+: [^\0]+)/g))
      texts.add(text)
  }
  return texts
}

it('a process that is killed at any instant while it goes over to another embedder leaves what is in use, and pays for no finished batch twice', async () => {
  const folder = temporaryFolder()
  const [url, file] = [`file:${folder}/all.db`, join(folder, 'paid.txt')]
  const store = tursoStore({ url })
  onTestFinished(() => store[Symbol.asyncDispose]())
  const setting = settingOf(store)
  await setting.memory().ingest({ session: 's', turns })
  const digest = await setting.memory().digest()
  const before = (await setting.memory().recall('Who likes Tea?')).chunks
  let kills = 0
  let paid = 0
  let kept: ReadonlySet<string> = new Set()
  for (let afterMs = 16; ; afterMs *= 2) {
    writeFileSync(file, '')
    const isDone = await killedProgram('reembed-file.ts', [url, file], afterMs)
    const embedded = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    expect(embedded.filter((text) => kept.has(text))).toEqual([])
    paid += embedded.length
    if (isDone) break
    kills += 1
    const { generation = '' } = await setting.memory().stats()
    // It may be killed after its last write.
    if (!generation.includes('legible')) {
      kept = await waitingTexts(store)
      expect((await setting.memory().recall('Who likes Tea?')).chunks).toEqual(before)
      expect(await setting.memory().examine()).toEqual([])
    } else kept = new Set(turns.map(({ content }) => content))
  }
  // Killed before a batch was kept, and after one.
  expect(kills).toBeGreaterThan(1)
  expect(turns.some(({ content }) => kept.has(content))).toBe(true)
  expect(paid).toBeLessThanOrEqual(turns.length + 8 * kills)
  const embedder = legibleEmbedder(() => undefined)
  const second = setting.another({ embedder })
  expect(await second.memory().digest()).toBe(digest)
  expect(await second.memory().examine()).toEqual([])
  const fresh = settingOf(memoryStore(), { embedder })
  await fresh.memory().ingest({ session: 's', turns })
  for (const question of ['Who likes Tea?', 'What does Bob33 like?']) {
    const [now, wanted] = await Promise.all([second.memory().recall(question), fresh.memory().recall(question)])
    expect(now.chunks).toEqual(wanted.chunks)
  }
}, 120_000)

it('what is forgotten while vectors wait is in no file', async () => {
  const folder = temporaryFolder()
  const store = tursoStore({ url: `file:${folder}/all.db` })
  onTestFinished(() => store[Symbol.asyncDispose]())
  const setting = settingOf(store)
  const { episodes } = await setting.memory().ingest({ documents: [{ text: 'zanzibar is far.' }, { text: 'Bob likes Tea.' }] })
  let calls = 0
  const embedder = legibleEmbedder(() => {
    calls += 1
    if (calls === 2) throw new Error('out of credit')
  })
  expect((await rejection(setting.another({ embedder }).memory().reembed({ batchSize: 1 }))).code).toBe('MODEL_FAILED')
  expect(filesWith(folder, '\x7fzanzibar')).not.toEqual([])
  await setting.memory().forget({ episodeIds: episodes.slice(0, 1).map(({ id }) => id) })
  expect(filesWith(folder, 'zanzibar')).toEqual([])
})

function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text))
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
