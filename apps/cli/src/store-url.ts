import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { GraphMemError, type GraphStore } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'

/** The store that a URL names: `memory:`, `file:PATH`, or `file:PATH` with `{userId}` in it for one file a user. */
export function openStore(url: string): GraphStore {
  if (url === 'memory:') return memoryStore()
  if (!/^file:./.test(url)) throw invalid('Give memory:, file:./memory.db, or file:./memories/{userId}.db for one file a user.')
  const slots = url.match(/[{}]|\{[^{}]*\}/g) ?? []
  if (slots.length === 0) return tursoStore({ url })
  if (slots.length === 1 && slots[0] === '{userId}') return tursoStore({ urlTemplate: url })
  throw invalid('The one thing in braces that is filled in is {userId}, once.')
}

/** A database in the user's data folder, which is made if it is not there. */
export function defaultStoreUrl(): string {
  const folder = join(dataFolder(), 'graphmem')
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new GraphMemError({
      code: 'STORE_READ_ONLY',
      field: 'store',
      message: `Cannot open the store: the folder ${folder} cannot be made. Give another place with --store file:PATH.`,
      cause,
    })
  }
  return pathToFileURL(join(folder, 'graphmem.db')).href
}

function dataFolder(): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = process.env
  if (xdg !== undefined && isAbsolute(xdg)) return xdg
  if (process.platform === 'win32') return local ?? join(homedir(), 'AppData', 'Local')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return join(homedir(), '.local', 'share')
}

function invalid(advice: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field: 'store', message: `Cannot open the store: --store names none. ${advice}` })
}
