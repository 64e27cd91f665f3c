import { resolve } from 'node:path'
import { invalid, unsupported } from './option-error.ts'

/**
 * The absolute path that a `file:` URL names, with its placeholders as they are.
 *
 * @throws GraphMemError `CONFIG_INVALID` or `UNSUPPORTED`
 */
export function filePath(field: string, url: string): string {
  if (/^(file:(\/\/)?)?:memory:/.test(url)) {
    throw unsupported(field, 'a database in memory', 'Use `memoryStore()` of `@graphmem/store-memory` for what need not last')
  }
  const [, , host = '', path = '', rest = ''] = /^file:(\/\/([^/?#]*))?([^?#]*)(.*)$/is.exec(url) ?? []
  if (rest !== '') throw invalid(field, 'a file URL has no `?` and no `#`. Write them as `%3F` and `%23` in a path')
  if (host !== '' && host.toLowerCase() !== 'localhost')
    throw invalid(field, 'a file URL has no host. Write `file:/path` or `file:///path`')
  if (path === '' || path.endsWith('/')) throw invalid(field, 'it names no file')
  try {
    return resolve(decodeURIComponent(path))
  } catch {
    throw invalid(field, 'a `%` in it is not followed by two hexadecimal digits')
  }
}
