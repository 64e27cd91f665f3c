import { configInvalid } from './config-invalid.ts'

/**
 * Imports a package that may not be installed.
 *
 * @param field the setting that asks for it
 * @throws GraphMemError `CONFIG_INVALID` that says how to install it
 */
export async function importAdapter<T>(field: string, name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (!isMissing(error, name)) throw error
    throw configInvalid(field, `\`${field}\` needs the package ${name}, which is not installed. Install it: pnpm add ${name}`, error)
  }
}

/** Whether the package itself was not found: a package that is there and misses another is broken in another way. */
function isMissing(error: unknown, name: string): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') return false
  return /'([^']+)'/.exec(error.message)?.[1] === name
}
