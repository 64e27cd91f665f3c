import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

const placeholder = '{userId}'

/** The files that a template has, but for those that SQLite keeps beside one, with what stands in them for the user. */
export function templateFiles(template: string): readonly { readonly path: string; readonly name: string }[] {
  const before = template.slice(0, template.indexOf(placeholder))
  const folder = before.endsWith(sep) ? before : dirname(before)
  const [segment = ''] = template.slice(template.indexOf(placeholder)).split(sep)
  const [start, end] = [before.slice(before.lastIndexOf(sep) + 1), segment.slice(placeholder.length).replaceAll(placeholder, '')]
  if (!existsSync(folder)) return []
  const entries = new Set(readdirSync(folder))
  const isBeside = (entry: string) => /-(wal|shm|journal)$/.test(entry) && entries.has(entry.replace(/-(wal|shm|journal)$/, ''))
  return [...entries]
    .sort()
    .filter((entry) => !isBeside(entry))
    .filter((entry) => entry.startsWith(start) && entry.endsWith(end) && entry.length > start.length + end.length)
    .map((entry) => entry.slice(start.length, entry.length - end.length))
    .map((name) => ({ name, path: join(template.replaceAll(placeholder, name)) }))
    .filter(({ path }) => existsSync(path))
}
