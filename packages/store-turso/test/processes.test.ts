import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { memoryOf } from '@graphmem/testkit'
import { createClient } from '@libsql/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { childProcess, inChildProcesses } from './child-processes.ts'
import { openStore } from './open-store.ts'
import { tempFolder } from './temp-folder.ts'

describe.each([
  ['one database for all', (folder: string) => `${folder}/all.db`],
  ['a file of the user', (folder: string) => `${folder}/alice.db`],
])('two processes that write one memory, in %s', (_, fileIn) => {
  test('lose nothing', { timeout: 60_000 }, async () => {
    const url = `file:${fileIn(tempFolder())}`
    await inChildProcesses(2, (number) => ['keep-writing', url, `writer${number}`, '60'])
    const graph = memoryOf(openStore({ url }), 'alice')
    expect((await graph.head()).version).toBe(120)
    expect((await graph.count()).senses).toBe(120)
    expect(await graph.segmentInfos()).toHaveLength(120)
  })
})

describe('a process that is killed while it writes', () => {
  test('leaves each apply whole or absent, and every acknowledged one whole', { timeout: 60_000 }, async () => {
    for (const acknowledgedBeforeKill of [1, 7, 23]) {
      const file = `${tempFolder()}/all.db`
      const child = childProcess(['keep-writing', `file:${file}`, 'w', '100000'])
      const acknowledged: string[] = []
      if (!child.stdout) throw new Error('the child has an output')
      for await (const line of createInterface(child.stdout)) {
        acknowledged.push(line)
        if (acknowledged.length === acknowledgedBeforeKill) child.kill('SIGKILL')
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.signalCode).toBe('SIGKILL')

      const graph = memoryOf(openStore({ url: `file:${file}` }), 'alice')
      const senses: string[] = []
      for await (const { id } of graph.scan('senses')) senses.push(id)
      const segments = (await graph.segmentInfos()).map(({ id }) => id)
      expect(new Set(segments)).toEqual(new Set(senses))
      expect((await graph.head()).version).toBe(senses.length)
      expect(senses).toEqual(expect.arrayContaining(acknowledged))
      expect(senses.length - acknowledged.length).toBeLessThanOrEqual(1)

      const client = createClient({ url: `file:${file}` })
      onTestFinished(() => client.close())
      expect((await client.execute('PRAGMA integrity_check')).rows[0]?.['integrity_check']).toBe('ok')
    }
  })
})
