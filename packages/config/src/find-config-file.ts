import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { configInvalid } from './config-invalid.ts'

const names = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `graphmem.config.${extension}`)

/**
 * The config file of a folder, or of the nearest folder above; not looked for above one that has a `package.json` or a `.git`.
 *
 * @throws GraphMemError `CONFIG_INVALID` when a folder has several
 */
export function findConfigFile(folder: string): string | undefined {
  const start = resolve(folder)
  const found = names.filter((name) => existsSync(join(start, name)))
  if (found.length > 1) throw configInvalid('settings', `${start} has ${found.join(' and ')}. Keep one`)
  if (found[0] !== undefined) return join(start, found[0])
  const isTop = ['package.json', '.git'].some((name) => existsSync(join(start, name))) || dirname(start) === start
  return isTop ? undefined : findConfigFile(dirname(start))
}
