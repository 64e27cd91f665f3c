import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { python } from '@graphmem/services/python'
import type { FedServer } from './fed-server.ts'
import { fuzzFolder } from './schemathesis.ts'

export interface FuzzOptions {
  readonly packages: string
  /** Where its files go. */
  readonly folder: string
  readonly seed: number
  /** Cases of each operation that are drawn at random. */
  readonly examples: number
  /** A document in place of the server's own. */
  readonly document?: object
}

/** How one run of schemathesis went. */
export interface Fuzzed {
  readonly phases: readonly string[]
  /** How often each operation was answered with which status. */
  readonly answers: readonly { readonly operation: string; readonly status: number; readonly count: number }[]
  readonly failures: readonly Failure[]
  /** What schemathesis itself could not do. */
  readonly errors: readonly { readonly title: string; readonly count: number }[]
  /** What it printed. */
  readonly printed: string
}

export interface Failure {
  /** `JsonSchemaError` */
  readonly type: string
  readonly title: string
  readonly count: number
  /** `GET /v1/jobs` */
  readonly operations: readonly string[]
}

interface Report extends Pick<Fuzzed, 'failures' | 'errors'> {
  readonly complete: boolean
  readonly phases: Readonly<Record<string, { readonly status: string }>>
}

/** One run of schemathesis: all of its phases, with all of its checks, on a server. */
export async function fuzz(server: FedServer, { packages, folder, seed, examples, document }: FuzzOptions): Promise<Fuzzed> {
  const path = (name: string) => join(folder, name)
  const auth = Object.entries(server.users).map(([name, value]) => ({ name, fixedHeaders: [{ name: 'Authorization', value }] }))
  await writeFile(path('users.json'), JSON.stringify({ auth }))
  const { memories, visitor } = server
  await writeFile(path('feed.json'), JSON.stringify({ users: Object.values(server.users), visitor, memories, export: server.export }))
  if (document !== undefined) await writeFile(path('openapi.json'), JSON.stringify(document))
  const source = document === undefined ? [`${server.url}/openapi.json`] : [path('openapi.json'), '--url', server.url]
  const child = spawn(
    python,
    [
      ...[join(packages, 'bin', 'schemathesis'), '--config-file', join(fuzzFolder, 'schemathesis.toml'), 'run', ...source],
      ...['--seed', String(seed), '--max-examples', String(examples), '--report', 'json', '--report-json-path', path('report.json')],
    ],
    {
      // What it keeps beside its reports stays there.
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ...{ PYTHONPATH: [packages, fuzzFolder].join(delimiter), PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
        ...{ GRAPHMEM_TEST_FUZZ_USERS: path('users.json'), GRAPHMEM_TEST_FUZZ_FEED: path('feed.json') },
        GRAPHMEM_TEST_FUZZ_ANSWERS: path('answers.json'),
      },
    },
  )
  const [printed] = await Promise.all([text(child.stdout), once(child, 'close')])
  const report: Report = JSON.parse(await readFile(path('report.json'), 'utf8').catch(() => failed(printed)))
  if (!report.complete) failed(printed)
  const phases = Object.entries(report.phases).filter(([, { status }]) => status !== 'skip')
  return {
    phases: phases.map(([name]) => name),
    answers: JSON.parse(await readFile(path('answers.json'), 'utf8')),
    failures: report.failures,
    errors: report.errors,
    printed,
  }
}

function failed(printed: string): never {
  throw new Error(`schemathesis did not come to its end:\n${printed.slice(-10_000)}`)
}
