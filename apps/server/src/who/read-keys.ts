import { readSettingLines } from '../setting-lines.ts'
import { type StoredKey, storedKey } from './api-keys.ts'

const isNone = 'no key. `graphmem token --key` makes one'

/** Reads a file of keys, as `graphmem token --key` adds them to it. @throws GraphMemError `CONFIG_INVALID`, with the line */
export async function readKeys(path: string): Promise<readonly StoredKey[]> {
  return (await readSettingLines('GRAPHMEM_SERVER_KEYS', path, { schema: storedKey, isNone })).map(({ value }) => value)
}
