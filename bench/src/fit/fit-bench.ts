import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { hasDataset } from '../datasets.ts'
import { skipped } from '../gate.ts'
import { groupsOf, rankCorpus } from '../recall/ranked-corpus.ts'
import { passageCorpus } from '../recall/recall-corpus.ts'
import { fittedSignals, fitWeights } from './fit-weights.ts'

/** The sets whose licences allow it. Never LoCoMo. */
export const fitSets = ['2wiki-dev', 'hotpot-dev', 'musique-dev'] as const

/** Fits the weights of passages, and writes them to `fitted-weights.ts` of core. */
export async function fitBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  const missing = fitSets.filter((dataset) => !hasDataset(dataset))
  if (missing.length > 0) return [skipped('weights', `${missing.join(', ')} is not there`)]
  const groups = []
  for (const dataset of fitSets) {
    options.note(dataset)
    groups.push(...groupsOf(await rankCorpus(await passageCorpus(dataset))))
  }
  const weights = fitWeights(groups)
  const rounded = fittedSignals.map((name) => [name, Math.round((weights[name] ?? 0) * 100) / 100] as const)
  await writeFile(fileURLToPath(new URL('../../../packages/core/src/recall/fitted-weights.ts', import.meta.url)), source(rounded))
  return rounded.map(([measure, value]) => ({ measure, value }))
}

function source(weights: readonly (readonly [string, number])[]): string {
  return `import type { Weights } from './signals.ts'

/** Written by \`npm run bench -- fit\`, from ${fitSets.join(', ')}. */
export const fittedWeights: Weights = {
${weights.map(([name, weight]) => `  ${name}: ${weight},`).join('\n')}
}
`
}
