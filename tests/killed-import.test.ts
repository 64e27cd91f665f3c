import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'
import { expect, it } from 'vitest'
import { killedProgram } from './killed-program.ts'
import { settingOf } from './on-every-store.ts'

it('an import whose process is killed at any instant has left nothing, or all', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
  try {
    const source = settingOf(memoryStore())
    const turns = Array.from({ length: 400 }, (_, sequence) => ({ name: 'Ann', content: `Bob${sequence} works at Google.`, sequence }))
    await source.memory().ingest({ session: 's', turns })
    let whole = ''
    for await (const line of source.memory().export()) whole += line
    const file = join(folder, 'whole.ndjson')
    writeFileSync(file, whole)
    const digest = await source.memory().digest()
    // Twice as long each time, until it is done: what an import does is passed through on the way.
    let isDone = false
    for (let afterMs = 16; !isDone; afterMs *= 2) {
      const url = `file:${folder}/${afterMs}.db`
      isDone = await killedProgram('import-file.ts', [url, file], afterMs)
      const store = tursoStore({ url })
      const memory = settingOf(store).memory()
      const { version } = await memory.stats()
      if (version > 0) {
        expect(await memory.digest()).toBe(digest)
        expect(await memory.examine()).toEqual([])
      } else {
        expect(isDone).toBe(false)
        await memory.import(whole)
        expect(await memory.digest()).toBe(digest)
      }
      await store[Symbol.asyncDispose]()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)
