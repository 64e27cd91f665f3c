import { copyFile, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { openGraphMem } from '@graphmem/config'
import { userWork } from './user-work.ts'

/** A libSQL file with what users said before anything is measured, of which each process gets a copy. */
export interface SaidFile {
  /** Makes a copy, alone in a folder. */
  readonly copy: () => Promise<{ readonly folder: string; readonly url: string }>
}

export async function saidFile(folder: string, users: number): Promise<SaidFile> {
  const file = join(folder, 'said.db')
  await using graphMem = await openGraphMem({ store: `file:${file}` })
  for (let place = 0; place < users; place++) {
    const { userId, said } = userWork(place)
    await graphMem.memory({ userId, memoryId: 'default' }).ingest({ documents: said.map((text, at) => ({ id: `said ${at}`, text })) })
  }
  return {
    async copy() {
      const own = await mkdtemp(join(folder, 'copy-'))
      await copyFile(file, join(own, 'memories.db'))
      return { folder: own, url: `file:${join(own, 'memories.db')}` }
    },
  }
}
