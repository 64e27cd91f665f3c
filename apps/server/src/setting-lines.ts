import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { settingInvalid } from './setting-invalid.ts'

/** What stands in a line of a file that a setting names. */
export interface SettingLine<T> {
  /** From 1. */
  readonly number: number
  readonly value: T
}

/**
 * Reads a file of a JSON value a line; blank lines are none.
 *
 * @param isNone what a line is where it is not of the schema, as the rest of a sentence: `no key`
 * @throws GraphMemError `CONFIG_INVALID` naming the variable, with the line; nothing of what it holds
 */
export async function readSettingLines<T>(
  variable: string,
  path: string,
  { schema, isNone }: { readonly schema: z.ZodType<T>; readonly isNone: string },
): Promise<readonly SettingLine<T>[]> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw settingInvalid(variable, 'the file cannot be read', error)
  })
  return content.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [{ number: index + 1, value: schema.parse(JSON.parse(line)) }]
    } catch {
      throw settingInvalid(variable, `line ${index + 1} of the file is ${isNone}`)
    }
  })
}
