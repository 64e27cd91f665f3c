import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { GraphMemError } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { checkedSettings, type GraphMemSettings } from './settings.ts'
import { withoutUndefined } from './without-undefined.ts'

/**
 * The settings of a config file: its default export, a function called. Relative paths in it are meant from its folder.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function loadConfigFile(path: string): Promise<GraphMemSettings> {
  const given = path.endsWith('.json') ? await readJson(path) : await defaultExport(path)
  const settings = checkedSettings(given, path)
  const { store, embedder } = settings
  const folder = dirname(path)
  return {
    ...settings,
    ...withoutUndefined({
      store: typeof store === 'string' ? fromFolder('file:', store, folder) : store,
      embedder: typeof embedder === 'string' ? fromFolder('onnx:', embedder, folder) : embedder,
    }),
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    // What the parser says repeats the text.
    throw configInvalid('settings', `${path} is no JSON`)
  }
}

async function defaultExport(path: string): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(path).href)
    if (module.default === undefined) throw configInvalid('settings', `${path} has no default export`)
    return typeof module.default === 'function' ? await module.default() : module.default
  } catch (error) {
    throw loadError(path, error)
  }
}

/** What a file throws may repeat its text, and with it secrets: it is the cause, and not in the message. */
function loadError(path: string, error: unknown): unknown {
  if (GraphMemError.is(error)) return error
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
  const name = error instanceof Error ? error.name : 'an error'
  return configInvalid('settings', `${path} does not load: ${isMissing ? error.message : name}`, error)
}

/** A URL of a relative path, as one of an absolute path. */
function fromFolder(scheme: 'file:' | 'onnx:', url: string, folder: string): string {
  if (!url.startsWith(scheme)) return url
  const path = url.slice(scheme.length)
  if (path === '' || path.startsWith('/') || isAbsolute(path)) return url
  return scheme === 'file:' ? `${pathToFileURL(folder).href}/${path}` : `${scheme}${join(folder, path)}`
}
