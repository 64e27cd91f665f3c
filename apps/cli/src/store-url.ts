import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { GraphMemError, type GraphStore } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'

/**
 * The store that a URL names: `memory:`, `file:PATH`, or `file:PATH` with `{userId}` in it for one file a user. Files and folders are made by
 * the first write.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function openStore(url: string): GraphStore {
  if (url === 'memory:') return memoryStore()
  if (!/^file:./.test(url)) {
    throw new GraphMemError({
      code: 'CONFIG_INVALID',
      field: 'store',
      message: 'Cannot open the store: --store takes memory:, file:./memory.db, or file:./memories/{userId}.db for one file a user.',
    })
  }
  return url.includes('{userId}') ? tursoStore({ urlTemplate: url }) : tursoStore({ url })
}

/** A database in the user's data folder. */
export function defaultStoreUrl(): string {
  return pathToFileURL(join(dataFolder(), 'graphmem', 'graphmem.db')).href
}

function dataFolder(): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = process.env
  if (xdg !== undefined && isAbsolute(xdg)) return xdg
  if (process.platform === 'win32') return local ?? join(homedir(), 'AppData', 'Local')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return join(homedir(), '.local', 'share')
}
