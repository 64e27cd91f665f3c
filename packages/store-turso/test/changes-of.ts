import type { GraphChanges } from '@graphmem/core/spec'
import { build, numberedIds, segment } from '@graphmem/testkit'

/** As many records of each kind, and up to 50 segments. */
export function changesOf(count: number, prefix: string): GraphChanges {
  const ids = numberedIds(count, prefix)
  return {
    put: {
      episodes: ids.map((id) => build.episodes(id)),
      chunks: ids.map((id) => build.chunks(id)),
      senses: ids.map((id) => build.senses(id)),
      decisions: ids.map((id) => build.decisions(id)),
      facts: ids.map((id) => build.facts(id)),
      assertions: ids.map((id) => build.assertions(id)),
      corrections: ids.map((id) => build.corrections(id)),
    },
    retire: { episodeIds: ids, at: 1 },
    putSegments: ids.slice(0, 50).map((id, at) => segment(id, at + 1)),
  }
}
