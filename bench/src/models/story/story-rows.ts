import type { BenchOptions } from '../../bench.ts'
import type { BenchRow } from '../../bench-row.ts'
import { providers } from './providers.ts'
import { isAsPromised, price, storyByReplay, usage } from './story-by-replay.ts'

export async function storyRows({ note }: BenchOptions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const provider of providers) {
    note(`the story, ${provider.name}`)
    const { answers, bill, asked } = await storyByReplay(provider)
    const kept = answers.filter(isAsPromised).length
    const extract = bill.items.find(({ purpose }) => purpose === 'extract')
    const usd = (2 * (usage.inputTokens * price.input + usage.outputTokens * price.output)) / 1_000_000
    const isBilled =
      extract?.calls === 2 && extract.inputTokens === 2 * usage.inputTokens && Math.abs((extract.usd ?? Number.NaN) - usd) < 1e-12
    rows.push(
      {
        measure: `the story through ${provider.name}: questions answered as promised`,
        value: `${kept} of ${answers.length}`,
        goal: 'all',
        holds: kept === answers.length && asked.mixed === 0,
      },
      {
        measure: `the story through ${provider.name}: extraction calls for two sentences, and on the bill`,
        value: `${asked.extractions}, ${extract?.calls ?? 0}`,
        goal: '2, 2',
        holds: asked.extractions === 2 && isBilled,
      },
    )
  }
  return rows
}
