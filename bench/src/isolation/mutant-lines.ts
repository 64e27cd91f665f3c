import type { CaughtLines } from './isolation-report.ts'
import { adapterMutants } from './mutants/adapter-mutants.ts'
import { trySourceMutants } from './mutants/try-source-mutants.ts'

/** Takes the scope out of the real adapters and of the library, one part at one place at a time, and shows what catches each. */
export async function mutantLines(note: (text: string) => void): Promise<CaughtLines> {
  const sources = await trySourceMutants(note)
  const adapters = await adapterMutants(note)
  return {
    lines: [
      ['where', 'what is taken out', 'mutants', 'caught', 'by'],
      ...adapters.map(({ place, what, mutants, caught }) => [place, what, String(mutants), String(caught), 'the kit']),
      ...sources.map(({ mutant: { file, line, loses, guardedBy }, caught }) => [
        `${file}:${line}`,
        loses,
        '1',
        caught === undefined ? (guardedBy === undefined ? '0' : 'need not be') : '1',
        caught ?? guardedBy ?? 'NOTHING',
      ]),
    ],
    missed: [
      ...adapters.filter(({ mutants, caught }) => mutants === 0 || caught < mutants).map(({ place, what }) => `${place}: ${what}`),
      // One that is said to be guarded, and is caught, is not described rightly.
      ...sources
        .filter(({ mutant, caught }) => (caught === undefined) !== (mutant.guardedBy !== undefined))
        .map(({ mutant: { file, line, loses } }) => `${file}:${line} without ${loses}`),
    ],
  }
}
