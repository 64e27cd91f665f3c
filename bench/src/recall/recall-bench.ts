import type { Embedder } from '@graphmem/core'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { hasDataset } from '../datasets.ts'
import { fitSets } from '../fit/fit-bench.ts'
import { fitWeights } from '../fit/fit-weights.ts'
import { atLeast, atMost, skipped } from '../gate.ts'
import { mean, quantile } from '../quantile.ts'
import { ablationRows } from './ablation-rows.ts'
import { withInterval } from './bootstrap.ts'
import { chooseEmbedder } from './choose-embedder.ts'
import { halfOf } from './halves.ts'
import { rankBy } from './rank-by.ts'
import { groupsOf, type RankedQuery, rankCorpus } from './ranked-corpus.ts'
import { recallAt } from './recall-at.ts'
import { conversationCorpora, joinedCorpus, passageCorpus, withoutTitles } from './recall-corpus.ts'
import { sameRankingOnFileRow } from './same-ranking-row.ts'

/** Goals: with the shipped weights; fitted on the other two sets; by four folds of all questions; untitled, over BM25. */
const goals = {
  '2wiki-dev': { others: 98, folds: 99, untitled: 10 },
  'hotpot-dev': { others: 95.5, folds: 96.5, untitled: 8 },
  'musique-dev': { others: 73, folds: 78, untitled: undefined },
} as const
const dialogueGoal = 80
/** How far the three sets in one memory may be from each by itself, in points. */
const togetherGoal = 1.5
const depths = [2, 5, 10, 20]
/** The conversations on which the weights of turns were chosen. */
const chosenOn = ['conv-26', 'conv-30']

type RankedSets = ReadonlyMap<(typeof fitSets)[number], readonly RankedQuery[]>

export async function recallBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  await using embedder = await chooseEmbedder(options.embedder)
  const rows: BenchRow[] = []
  const sets = new Map<(typeof fitSets)[number], readonly RankedQuery[]>()
  for (const dataset of fitSets) {
    if (!hasDataset(dataset)) {
      rows.push(skipped(`${dataset} recall@5, %`, 'the dataset is not there'))
      continue
    }
    options.note(dataset)
    const ranked = await rankCorpus(await passageCorpus(dataset), embedder)
    sets.set(dataset, ranked)
    rows.push(...setRows(dataset, ranked, 5))
  }
  if (sets.size === fitSets.length) {
    rows.push(...otherSetsRows(sets), ...foldRows(sets))
    if (options.ablate) rows.push(...ablationRows(sets))
    options.note('all three in one memory')
    rows.push(...(await togetherRows(sets, embedder)))
    if (options.untitled) rows.push(...(await untitledRows(options, embedder)))
  }
  rows.push(...(await dialogueRows(options, embedder)))
  for (const dataset of ['musique-dev', 'locomo']) {
    if (!hasDataset(dataset) || !hasDataset('hotpot-dev')) continue
    options.note(`${dataset} on another store`)
    rows.push(await sameRankingOnFileRow(dataset, embedder))
  }
  return rows
}

function setRows(dataset: string, ranked: readonly RankedQuery[], depth: number): readonly BenchRow[] {
  const rows: BenchRow[] = [
    { measure: `${dataset} recall@${depth}, %, shipped weights`, value: withInterval(recalls(ranked, depth, 'recalled')) },
    { measure: `${dataset} recall@${depth}, BM25 alone`, value: percent(ranked, depth, 'baseline') },
  ]
  for (const half of ['tuning', 'held back'] as const) {
    const own = ranked.filter(({ query }) => halfOf(query.question) === half)
    rows.push({
      measure: `${dataset} recall@${depth}, the half ${half}`,
      value: `${withInterval(recalls(own, depth, 'recalled'))} of ${own.length}`,
    })
  }
  for (const other of depths.filter((each) => each !== depth)) {
    const value = `${percent(ranked, other, 'recalled').toFixed(1)} (BM25 ${percent(ranked, other, 'baseline').toFixed(1)})`
    rows.push({ measure: `${dataset} recall@${other}, %`, value })
  }
  const durations = ranked.map(({ durationMs }) => durationMs)
  rows.push({ measure: `${dataset} questions`, value: ranked.length })
  rows.push({
    measure: `${dataset} milliseconds to rank, explained: p50, p95`,
    value: `${quantile(durations, 0.5).toFixed(1)}, ${quantile(durations, 0.95).toFixed(1)}`,
  })
  return rows
}

function otherSetsRows(sets: RankedSets): readonly BenchRow[] {
  return [...sets].map(([dataset, ranked]) => {
    const weights = fitWeights([...sets].filter(([name]) => name !== dataset).flatMap(([, other]) => groupsOf(other)))
    const value = 100 * mean(ranked.map((query) => recallAt(5, rankBy(weights, query), query.gold)))
    return atLeast(`${dataset} recall@5, fitted on the other two`, value, goals[dataset].others)
  })
}

function foldRows(sets: RankedSets): readonly BenchRow[] {
  const folds = [0, 1, 2, 3]
  const weights = folds.map((fold) =>
    fitWeights([...sets.values()].flatMap((ranked) => groupsOf(ranked.filter((_, place) => place % 4 !== fold)))),
  )
  return [...sets].map(([dataset, ranked]) => {
    const value = 100 * mean(ranked.map((query, place) => recallAt(5, rankBy(weights[place % 4] ?? {}, query), query.gold)))
    return atLeast(`${dataset} recall@5, 4-fold by question`, value, goals[dataset].folds)
  })
}

async function togetherRows(sets: RankedSets, embedder: Embedder): Promise<readonly BenchRow[]> {
  const ranked = await rankCorpus(await joinedCorpus(fitSets), embedder)
  return [...sets].map(([dataset, apart]) => {
    const together = ranked.filter(({ query }) => query.id.startsWith(`${dataset} `))
    const loss = percent(apart, 5, 'recalled') - percent(together, 5, 'recalled')
    return atMost(`${dataset} recall@5, points lost in one memory of all three`, loss, togetherGoal)
  })
}

async function untitledRows(options: BenchOptions, embedder: Embedder): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const dataset of fitSets) {
    options.note(`${dataset} without titles`)
    const ranked = await rankCorpus(withoutTitles(await passageCorpus(dataset)), embedder)
    const gained = percent(ranked, 5, 'recalled') - percent(ranked, 5, 'baseline')
    const goal = goals[dataset].untitled
    const measure = `${dataset} recall@5 without titles, points over BM25`
    rows.push({ measure: `${dataset} recall@5 without titles, %`, value: percent(ranked, 5, 'recalled') })
    rows.push(goal === undefined ? { measure, value: gained } : atLeast(measure, gained, goal))
  }
  return rows
}

async function dialogueRows(options: BenchOptions, embedder: Embedder): Promise<readonly BenchRow[]> {
  if (!hasDataset('locomo')) return [skipped('locomo recall@10, %', 'the dataset is not there')]
  const ranked: RankedQuery[] = []
  for (const corpus of await conversationCorpora()) {
    options.note(corpus.name)
    ranked.push(...(await rankCorpus(corpus, embedder)))
  }
  const isChosenOn = ({ query }: RankedQuery) => chosenOn.includes(query.conversation ?? '')
  return [
    atLeast('locomo recall@10, %, shipped round weights', percent(ranked, 10, 'recalled'), dialogueGoal),
    { measure: 'locomo recall@10, the two conversations they were chosen on', value: percent(ranked.filter(isChosenOn), 10, 'recalled') },
    {
      measure: 'locomo recall@10, the other three',
      value: percent(
        ranked.filter((query) => !isChosenOn(query)),
        10,
        'recalled',
      ),
    },
    ...setRows('locomo', ranked, 10),
  ]
}

/** Mean recall in percent. */
export function percent(ranked: readonly RankedQuery[], depth: number, ranking: 'recalled' | 'baseline'): number {
  return mean(recalls(ranked, depth, ranking))
}

function recalls(ranked: readonly RankedQuery[], depth: number, ranking: 'recalled' | 'baseline'): readonly number[] {
  return ranked.map((query) => 100 * recallAt(depth, query[ranking], query.gold))
}
