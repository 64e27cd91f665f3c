import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repository } from './source-mutants.ts'

/** What a test file of an adapter did to its statements or keys. */
export interface AdapterMutants {
  readonly place: string
  readonly what: string
  readonly mutants: number
  readonly caught: number
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly status: string; readonly title: string; readonly meta?: { readonly mutants?: Tally } }[]
  }[]
}

type Tally = Pick<AdapterMutants, 'mutants' | 'caught'>

const run = promisify(execFile)

/** The packages whose tests take the scope out of what they say to their servers, and what that is. */
const places: readonly { readonly file: string; readonly what: string }[] = [
  {
    file: 'packages/store-turso/test/scope-mutants.test.ts',
    what: 'a part of the scope of a statement, a primary key or a unique constraint',
  },
  { file: 'packages/store-neo4j/test/scope-mutants.test.ts', what: 'a part of the scope of a statement' },
  { file: 'packages/store-neo4j/test/constraint-mutants.test.ts', what: 'a part of the scope of a constraint' },
  { file: 'packages/cache-redis/test/scope-mutants.test.ts', what: 'a part of a key' },
]

/** Runs these tests, each mutant of them, with a real Neo4j and a real Redis. A test that says how many it tried counts for so many, another for one. */
export async function adapterMutants(note: (text: string) => void): Promise<readonly AdapterMutants[]> {
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-mutants-'))
  const results: AdapterMutants[] = []
  try {
    for (const [number, { file, what }] of places.entries()) {
      note(file)
      const output = join(folder, `report ${number}.json`)
      const env = { ...process.env, GRAPHMEM_TEST_EVERY_MUTANT: '1', GRAPHMEM_TEST_REQUIRE_SERVICES: '1' }
      await run('pnpm', ['exec', 'vitest', 'run', file, '--reporter=json', `--outputFile=${output}`], {
        cwd: repository,
        env,
        maxBuffer: 1e9,
      }).catch(
        // A mutant that is not caught fails its test, and is in the report.
        () => undefined,
      )
      const { testResults } = JSON.parse(await readFile(output, 'utf8')) as VitestReport
      if (!testResults.some(({ name }) => name.endsWith(file))) throw new Error(`${file} did not run.`)
      const tallies = testResults.flatMap(({ assertionResults }) =>
        assertionResults
          .filter(({ title, meta }) => meta?.mutants !== undefined || /\bwithout /.test(title))
          .map(({ status, meta }) => meta?.mutants ?? single(status)),
      )
      const sum = (of: keyof Tally) => tallies.reduce((total, tally) => total + tally[of], 0)
      results.push({ place: file.replace(/\/test\/.*/, ''), what, mutants: sum('mutants'), caught: sum('caught') })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return results
}

function single(status: string): Tally {
  return { mutants: 1, caught: status === 'passed' ? 1 : 0 }
}
