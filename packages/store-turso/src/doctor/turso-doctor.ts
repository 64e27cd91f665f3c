import { existsSync } from 'node:fs'
import { type CallOptions, type Diagnosis, type Finding, fileName, GraphMemError, userId } from '@graphmem/core/spec'
import { type Client, createClient } from '@libsql/client'
import { type AuthToken, tokenFor } from '../auth-token.ts'
import { fileClient } from '../connection.ts'
import { storeError } from '../errors.ts'
import { filePath } from '../file-url.ts'
import { unsupported } from '../option-error.ts'
import { serverFailure } from '../server-failure.ts'
import { serverRequest } from '../server-request.ts'
import { placementOf } from '../turso-options.ts'
import { readDatabase } from './read-database.ts'
import { templateFiles } from './template-files.ts'

/** Where the database is: as for `tursoStore()`, or a client that the caller opened and closes. */
export type TursoDoctorOptions =
  /** A file, or a server with its token. */
  | { readonly url: string; readonly authToken?: AuthToken | undefined }
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
    if ('urlTemplate' in options) return await inFiles(options.urlTemplate, { signal })
    if (/^file:/i.test(options.url)) return diagnosis(await inFile(filePath('url', options.url), { signal }))
    const placement = placementOf(options)
    if (placement.kind !== 'server') throw unsupported('url', 'this place', 'Give a file or a server')
    const url = placement.urlOf(userId('anyone'))
    const token = await tokenFor(url, placement.authToken)
    const server = { url, fetch: serverRequest({ signal, timeoutMs: requestTimeoutMs }) }
    const client = createClient({ ...server, ...(token === undefined ? {} : { authToken: token }) })
    try {
      return diagnosis(await readDatabase(client, 'main', { signal }))
    } catch (error) {
      throw serverFailure(error)
    } finally {
      client.close()
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw storeError(error, 'Cannot examine the database')
  }
}

/** A check may read a whole table. */
const requestTimeoutMs = 600_000

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

async function inFiles(urlTemplate: string, options: CallOptions): Promise<Diagnosis> {
  if (!/^file:/i.test(urlTemplate)) {
    throw unsupported('urlTemplate', 'a server with a database a user', 'Give the `url` of one of them')
  }
  const template = filePath('urlTemplate', urlTemplate)
  const all: Read[] = []
  const misplaced: string[] = []
  const unreadable: Unreadable[] = []
  for (const { path, name } of templateFiles(template)) {
    let found: Read
    try {
      found = await inFile(path, options)
    } catch (error) {
      options.signal?.throwIfAborted()
      unreadable.push({ name, code: storeError(error, 'Cannot examine the file').code })
      continue
    }
    all.push(found)
    if (found.owner !== undefined && fileName(found.owner) !== name) misplaced.push(found.owner)
  }
  const layouts = new Set(all.map(({ layout }) => layout))
  return {
    layout: layouts.has('graphmem') ? 'graphmem' : layouts.has('python') ? 'python' : 'empty',
    memories: all.flatMap(({ memories }) => memories),
    findings: [...together(all.flatMap(({ findings }) => findings)), ...underOtherNames(misplaced), ...notRead(unreadable)],
  }
}

interface Unreadable {
  /** What stands for the user in its name. */
  readonly name: string
  readonly code: string
}

function notRead(files: readonly Unreadable[]): readonly Finding[] {
  const byCode = Map.groupBy(files, ({ code }) => code)
  return [...byCode].map(([code, same]) => ({
    code: 'unreadable-file',
    what: `A user's file cannot be examined (${code}). It is named by what stands for {userId} in it.`,
    count: same.length,
    examples: same.slice(0, 5).map(({ name }) => ({ id: name })),
    remedy: 'Look at it alone, and put a backup in its place.',
  }))
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
