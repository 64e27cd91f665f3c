import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tursoStore } from '@graphmem/store-turso'
import { expect, onTestFinished, test } from 'vitest'
import { recallBeside } from '../src/beside-a-neighbour/recall-beside.ts'

test.each(['url', 'urlTemplate'])(
  'one sentence is recalled first beside hundreds that are nearer, as if they were not there (libSQL by %s)',
  async (option) => {
    const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const open = () =>
      option === 'url'
        ? tursoStore({ url: `file:${join(folder, 'all.db')}` })
        : tursoStore({ urlTemplate: `file:${join(folder, '{userId}.db')}` })
    const recalled = await recallBeside(open, 500)
    expect(recalled).toMatchObject({ nearer: recalled.passages, rank: 1, isAsAlone: true })
  },
)
