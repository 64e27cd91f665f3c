import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type SourceMutant, sourceMutants } from './source-mutants.ts'

export interface TriedMutant {
  readonly mutant: SourceMutant
  /** What failed first; `undefined` when nothing did. */
  readonly caught: string | undefined
}

const run = promisify(execFile)
const program = fileURLToPath(new URL('../../../src/isolation/mutants/try-mutant.ts', import.meta.url))

/**
 * Tries every mutant of the sources, each in a process of its own: one that never comes to an end is caught, too; one that does not run shows nothing.
 *
 * @throws Error when a check fails on the sources as they are.
 */
export async function trySourceMutants(note: (text: string) => void): Promise<readonly TriedMutant[]> {
  const failed = await tryMutant(undefined)
  if (failed !== undefined) throw new Error(`A check fails on the sources as they are, and would catch any mutant: ${failed}`)
  const tried: TriedMutant[] = []
  for (const [number, mutant] of sourceMutants().entries()) {
    const caught = await tryMutant(number)
    note(`${mutant.file}:${mutant.line} without ${mutant.loses}: ${caught ?? 'NOT CAUGHT'}`)
    tried.push({ mutant, caught })
  }
  return tried
}

/** What caught a mutant; without a number, what fails with none. */
async function tryMutant(number: number | undefined): Promise<string | undefined> {
  try {
    const { stdout } = await run(
      process.execPath,
      ['--conditions=graphmem-source', program, ...(number === undefined ? [] : [String(number)])],
      {
        timeout: 180_000,
      },
    )
    return (JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { readonly caught?: string }).caught
  } catch (error) {
    const { killed, stderr } = error as { readonly killed?: boolean; readonly stderr?: string }
    if (killed) return 'it never ends'
    throw new Error(`The mutant ${number ?? ''} does not run: ${(stderr ?? '').trim().split('\n').at(-1)}`)
  }
}
