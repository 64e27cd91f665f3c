import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { refusal } from '../refusal.ts'

/** One file to read. */
export interface Source {
  readonly path: string
  readonly format: 'text' | 'lines'
  readonly modifiedAt: Date
  readonly sizeBytes: number
}

const textExtensions = ['.txt', '.text', '.md', '.markdown']
const lineExtensions = ['.jsonl', '.ndjson']

/**
 * The files that paths name; of a folder, those with an extension that is read, in the order of their names, without hidden ones and links.
 *
 * @throws GraphMemError `INPUT_INVALID` for a path that is not there, is empty, or holds nothing to read.
 */
export function findSources(paths: readonly string[]): readonly Source[] {
  const sources = paths.flatMap((path) => {
    const stats = statsOf(path)
    if (stats.isFile()) return [source(path, stats)]
    const found = filesIn(path).map((file) => source(file, statsOf(file)))
    // An empty file that was named is a mistake; one that a folder happens to hold is not.
    const readable = found.filter(({ sizeBytes }) => sizeBytes > 0)
    if (readable.length === 0)
      throw refusal('paths', `${path} has nothing to read: no file in ${[...textExtensions, ...lineExtensions].join(', ')}.`)
    return readable
  })
  return [...new Map(sources.map((found) => [found.path, found])).values()]
}

function source(path: string, stats: Stats): Source {
  const absolute = resolve(path)
  if (/\p{Cc}/u.test(absolute)) throw refusal('paths', 'A file has a control character in its name. Rename it.')
  const format = lineExtensions.includes(extname(path).toLowerCase()) ? 'lines' : 'text'
  return { path: absolute, format, modifiedAt: stats.mtime, sizeBytes: stats.size }
}

function filesIn(folder: string): readonly string[] {
  const entries = reading(folder, () => readdirSync(folder, { withFileTypes: true }))
  return entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesOf(folder, entry))
}

function filesOf(folder: string, entry: Dirent): readonly string[] {
  const path = join(folder, entry.name)
  if (entry.isDirectory()) return filesIn(path)
  return entry.isFile() && [...textExtensions, ...lineExtensions].includes(extname(basename(path)).toLowerCase()) ? [path] : []
}

function statsOf(path: string): Stats {
  const stats = reading(path, () => statSync(path))
  if (!stats.isFile() && !stats.isDirectory()) throw refusal('paths', `${path} is neither a file nor a folder.`)
  return stats
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    const problem =
      code === 'ENOENT' ? 'does not exist' : code === 'EACCES' || code === 'EPERM' ? 'may not be read' : `cannot be read (${String(code)})`
    throw refusal('paths', `${path} ${problem}.`, cause)
  }
}
