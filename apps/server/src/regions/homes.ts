import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { settingInvalid } from '../setting-invalid.ts'

/** Which region each user's data stay in. */
export type Homes = ReadonlyMap<string, string>

const variable = 'GRAPHMEM_SERVER_HOMES'
const home = z.strictObject({ user: z.string().min(1), region: z.string().min(1) })

/** Reads a table of lines such as `{"user":"alice","region":"eu"}`. @throws GraphMemError `CONFIG_INVALID`, with the line */
export async function readHomes(path: string): Promise<Homes> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw settingInvalid(variable, 'the file cannot be read', error)
  })
  const homes = new Map<string, string>()
  for (const [index, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue
    const { user, region } = parsed(line, index + 1)
    if (homes.has(user)) throw settingInvalid(variable, `line ${index + 1} of the file is of a user who has a home already`)
    homes.set(user, region)
  }
  return homes
}

function parsed(line: string, number: number): z.infer<typeof home> {
  try {
    return home.parse(JSON.parse(line))
  } catch {
    throw settingInvalid(variable, `line ${number} of the file is no {"user": …, "region": …}`)
  }
}
