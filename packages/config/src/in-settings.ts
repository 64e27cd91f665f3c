import { GraphMemError } from '@graphmem/core'
import { settingCalled } from './setting-called.ts'
import type { SettingName } from './settings.ts'

/**
 * Opens a part, and says of an option that the part refuses which setting it is.
 *
 * @param settings the setting of each option
 */
export async function inSettings<T>(settings: Readonly<Record<string, SettingName>>, open: () => T | Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    const name = GraphMemError.is(error) && error.field !== undefined ? settings[error.field] : undefined
    if (name === undefined || !GraphMemError.is(error)) throw error
    const { code, message, retryable } = error
    throw new GraphMemError({ code, field: name, retryable, message: `${settingCalled(name)}: ${message}`, cause: error })
  }
}
