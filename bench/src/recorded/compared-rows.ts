import type { BenchRow } from '../bench-row.ts'
import { mean } from '../quantile.ts'
import { withInterval } from '../recall/bootstrap.ts'
import { recallAt } from '../recall/recall-at.ts'

/** By question: ids, best first. */
export type Ranked = readonly (readonly string[])[]

/**
 * At each depth the mean recall of all rankings, and of each pair `[of, over]` how much more of a question's evidence the one finds than the other, with
 * the interval of the mean by drawing questions (both rankings of a question together), and at how many questions it is better or worse.
 *
 * @param golds by question: the ids of its evidence.
 */
export function comparedRows(
  measure: string,
  golds: readonly (readonly string[])[],
  rankings: Readonly<Record<string, Ranked>>,
  pairs: readonly (readonly [of: string, over: string])[],
  depths: readonly number[] = [2, 5, 10, 20],
): readonly BenchRow[] {
  return depths.flatMap((depth) => {
    const recalls = (name: string) => (rankings[name] ?? []).map((ranked, place) => 100 * recallAt(depth, ranked, golds[place] ?? []))
    const means = Object.keys(rankings).map((name) => mean(recalls(name)).toFixed(1))
    return [
      { measure: `${measure}, recall@${depth}, %: ${Object.keys(rankings).join('; ')}`, value: means.join('; ') },
      ...pairs.map(([of, over]) => {
        const base = recalls(over)
        const gains = recalls(of).map((value, place) => value - (base[place] ?? 0))
        const [better, worse] = [gains.filter((gain) => gain > 0).length, gains.filter((gain) => gain < 0).length]
        return {
          measure: `${measure}, recall@${depth}, points: ${of} over ${over}`,
          value: `${withInterval(gains)}; better at ${better}, worse at ${worse}`,
        }
      }),
    ]
  })
}
