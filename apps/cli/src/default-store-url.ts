import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'

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
