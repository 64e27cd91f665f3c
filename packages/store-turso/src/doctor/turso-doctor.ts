import { existsSync } from 'node:fs'
import { type CallOptions, type Diagnosis, type Finding, fileName, GraphMemError } from '@graphmem/core/spec'
import { type Client, createClient } from '@libsql/client'
import { fileClient } from '../connection.ts'
import { storeError } from '../errors.ts'
import { filePath } from '../file-url.ts'
import { readDatabase } from './read-database.ts'
import { templateFiles } from './template-files.ts'

/** Where the database is: as for `tursoStore()`, or a client that the caller opened and closes. */
export type TursoDoctorOptions =
  /** A file, or a server with its token. */
  | { readonly url: string; readonly authToken?: string | undefined }
  /** All files of a template. */
  | { readonly urlTemplate: string }
  | { readonly client: Client }

/**
 * Looks for faults in a database, this library's or one of GraphMem for Python: across all users, so it is for whoever runs the database, and
 * for no one else. Reads everything and writes nothing; the database may be in use.
 *
 * @throws GraphMemError `CONFIG_INVALID` for a file that is not there, and what the database fails at
 */
export async function tursoDoctor(options: TursoDoctorOptions, { signal }: CallOptions = {}): Promise<Diagnosis> {
  signal?.throwIfAborted()
  try {
    if ('client' in options) return diagnosis(await readDatabase(options.client, 'main', { signal }))
    if ('urlTemplate' in options) return await inFiles(filePath('urlTemplate', options.urlTemplate), { signal })
    if (options.url.startsWith('file:')) return diagnosis(await inFile(filePath('url', options.url), { signal }))
    const client = createClient({ url: options.url, ...(options.authToken === undefined ? {} : { authToken: options.authToken }) })
    try {
      return diagnosis(await readDatabase(client, 'main', { signal }))
    } finally {
      client.close()
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw storeError(error, 'Cannot examine the database')
  }
}

type Read = Awaited<ReturnType<typeof readDatabase>>

function diagnosis({ layout, memories, findings }: Read): Diagnosis {
  return { layout, memories, findings }
}

async function inFile(path: string, options: CallOptions): Promise<Read> {
  if (!existsSync(path)) {
    throw new GraphMemError({ code: 'CONFIG_INVALID', field: 'url', message: 'Cannot examine the database: url: there is no such file.' })
  }
  const client = fileClient(5_000)
  try {
    await client.execute({ sql: 'ATTACH ? AS examined', args: [path] })
    const found = await readDatabase(client, 'examined', options)
    await client.execute('DETACH examined')
    return found
  } finally {
    client.close()
  }
}

async function inFiles(template: string, options: CallOptions): Promise<Diagnosis> {
  const all: Read[] = []
  const misplaced: string[] = []
  for (const { path, name } of templateFiles(template)) {
    const found = await inFile(path, options)
    all.push(found)
    if (found.owner !== undefined && fileName(found.owner) !== name) misplaced.push(found.owner)
  }
  const layouts = new Set(all.map(({ layout }) => layout))
  return {
    layout: layouts.has('graphmem') ? 'graphmem' : layouts.has('python') ? 'python' : 'empty',
    memories: all.flatMap(({ memories }) => memories),
    findings: [...together(all.flatMap(({ findings }) => findings)), ...underOtherNames(misplaced)],
  }
}

/** One finding for each fault, however many files have it. */
function together(findings: readonly Finding[]): readonly Finding[] {
  const byWhat = Map.groupBy(findings, ({ code, what }) => `${code} ${what}`)
  return [...byWhat.values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const count = same.reduce((total, each) => total + each.count, 0)
    return [{ ...first, count, examples: same.flatMap(({ examples }) => examples).slice(0, 5) }]
  })
}

function underOtherNames(owners: readonly string[]): readonly Finding[] {
  if (owners.length === 0) return []
  const what = "A user's file lies under another name, and is refused there."
  const remedy = 'Put the file back under the name of its user.'
  return [{ code: 'wrong-file', what, count: owners.length, examples: owners.slice(0, 5).map((userId) => ({ userId })), remedy }]
}
