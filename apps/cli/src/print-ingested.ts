import { type IngestedEpisode, type IngestResult, totalBill } from '@graphmem/core'
import { counted } from './terminal.ts'

/** What several calls of `ingest` did together. */
export interface Ingested extends Omit<IngestResult, 'episodes'> {
  readonly failures: IngestedEpisode['failures']
}

export function ingested(results: readonly IngestResult[]): Ingested {
  const sum = (of: (result: IngestResult) => number): number => results.reduce((total, result) => total + of(result), 0)
  return {
    added: sum(({ added }) => added),
    unchanged: sum(({ unchanged }) => unchanged),
    replaced: sum(({ replaced }) => replaced),
    failed: sum(({ failed }) => failed),
    entities: sum(({ entities }) => entities),
    facts: sum(({ facts }) => facts),
    chunks: sum(({ chunks }) => chunks),
    version: results.at(-1)?.version ?? 0,
    usage: totalBill(results.map(({ usage }) => usage)),
    durationMs: Math.round(sum(({ durationMs }) => durationMs)),
    failures: results.flatMap(({ episodes }) => episodes.flatMap((episode) => episode.failures)),
  }
}

export function printedIngested({ added, unchanged, replaced, failed, entities, facts, usage, durationMs }: Ingested): string {
  const parts = [
    `${added} remembered`,
    ...(replaced > 0 ? [`${replaced} replaced`] : []),
    ...(unchanged > 0 ? [`${unchanged} known before`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    counted(entities, 'new name'),
    counted(facts, 'new fact'),
    ...(usage.calls > 0
      ? [`${counted(usage.calls, 'call')} of models`, ...(usage.usd === undefined ? [] : [`$${usage.usd.toFixed(4)}`])]
      : []),
  ]
  return `${parts.join(' · ')} · ${(durationMs / 1000).toFixed(1)} s`
}
