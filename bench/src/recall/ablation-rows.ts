import type { SignalName } from '@graphmem/core'
import type { BenchRow } from '../bench-row.ts'
import { fittedSignals, fitWeights } from '../fit/fit-weights.ts'
import { mean } from '../quantile.ts'
import { rankBy } from './rank-by.ts'
import { groupsOf, type RankedQuery } from './ranked-corpus.ts'
import { recallAt } from './recall-at.ts'

const aboutName: readonly SignalName[] = ['chain', 'lead', 'only', 'gain', 'seedOnly']
const speaksOfName: readonly SignalName[] = ['spread', 'spreadPlace', 'spreadCosine', 'seedPlace', 'ownPlace']

const without: Readonly<Record<string, readonly SignalName[]>> = {
  nothing: [],
  'all hops': [...aboutName, ...speaksOfName],
  'hops to passages about a name': aboutName,
  'hops to passages that speak of a name': speaksOfName,
  'hops from passages that the question names, as such': ['seedOnly', 'seedPlace'],
  'own names of passages': ['ownPlace'],
  'names in the question': ['named', 'namedRarity', 'names', 'title'],
  vectors: ['cosine', 'spreadCosine'],
  'the rest of the question': ['bm25Rest'],
}

/** Recall@5 by four folds when some signals are left out of the fit, and when nothing is chosen as a set. */
export function ablationRows(sets: ReadonlyMap<string, readonly RankedQuery[]>): readonly BenchRow[] {
  const rows = Object.entries(without).map(([name, left]) => ({
    measure: `4-fold recall@5 without ${name}: ${[...sets.keys()].join(', ')}`,
    value: folded(sets, left),
  }))
  return [...rows, { measure: `4-fold recall@5 without choice of a set: ${[...sets.keys()].join(', ')}`, value: folded(sets, [], 0) }]
}

function folded(sets: ReadonlyMap<string, readonly RankedQuery[]>, left: readonly SignalName[], cover?: number): string {
  const signals = fittedSignals.filter((name) => !left.includes(name))
  const folds = [0, 1, 2, 3].map((fold) =>
    fitWeights(
      [...sets.values()].flatMap((ranked) => groupsOf(ranked.filter((_, place) => place % 4 !== fold))),
      signals,
    ),
  )
  return [...sets.values()]
    .map((ranked) => 100 * mean(ranked.map((query, place) => recallAt(5, rankBy(folds[place % 4] ?? {}, query, cover), query.gold))))
    .map((value) => value.toFixed(1))
    .join(', ')
}
