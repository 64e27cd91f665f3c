import { z } from 'zod'
import { settingInvalid } from '../setting-invalid.ts'
import { readSettingLines } from '../setting-lines.ts'

/** Which region each user's data stay in. */
export type Homes = ReadonlyMap<string, string>

const variable = 'GRAPHMEM_SERVER_HOMES'
const home = z.strictObject({ user: z.string().min(1), region: z.string().min(1) })
const isNone = 'no {"user": …, "region": …}'

/** Reads a table of lines such as `{"user":"alice","region":"eu"}`. @throws GraphMemError `CONFIG_INVALID`, with the line */
export async function readHomes(path: string): Promise<Homes> {
  const homes = new Map<string, string>()
  for (const { number, value } of await readSettingLines(variable, path, { schema: home, isNone })) {
    if (homes.has(value.user)) throw settingInvalid(variable, `line ${number} of the file is of a user who has a home already`)
    homes.set(value.user, value.region)
  }
  return homes
}
