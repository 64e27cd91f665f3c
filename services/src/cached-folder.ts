import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { isRunning } from './is-running.ts'

/**
 * A folder of the user's cache, filled by the first call on a machine: beside its final place and then renamed, so that two at once are
 * safe, and what was filled by half is never taken for the whole. Drafts of processes that were killed are removed.
 */
export async function cachedFolder(name: string, fill: (draft: string) => Promise<void>): Promise<string> {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'graphmem', name)
  if (existsSync(folder)) return folder
  const parent = dirname(folder)
  await mkdir(parent, { recursive: true })
  for (const left of (await readdir(parent)).filter((entry) => entry.startsWith(`${name}.`))) {
    const owner = Number(left.slice(name.length + 1).split('-')[0])
    if (!isRunning(owner)) await rm(join(parent, left), { recursive: true, force: true })
  }
  const draft = await mkdtemp(`${folder}.${process.pid}-`)
  try {
    await fill(draft)
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
