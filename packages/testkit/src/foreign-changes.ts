import type { GraphChanges, RecordKind, Records, Segment } from '@graphmem/core/spec'
import { build, bytesOf, numberedIds } from './record-builders.ts'

type Put = { readonly [K in RecordKind]?: readonly Records[K][] }

/** What another tenant would have written in the place of these changes: the same ids, names, blocks and versions, and other content. */
export function foreignChanges({ put, putSegments = [] }: GraphChanges): { readonly put: Put; readonly putSegments: readonly Segment[] } {
  return {
    put: {
      episodes: once(put.episodes).map((episode) => ({ ...episode, text: 'Foreign.', source: 'foreign' })),
      chunks: once(put.chunks).map((chunk) => ({ ...chunk, text: 'Foreign.' })),
      senses: once(put.senses).map((sense) => ({ ...sense, discriminator: 'foreign' })),
      decisions: once(put.decisions).map((decision) => ({ ...decision, rule: 'foreign' })),
      facts: once(put.facts).map((fact) => ({ ...fact, predicate: 'foreign' })),
      assertions: once(put.assertions).map((assertion) => ({ ...assertion, negated: !assertion.negated })),
      corrections: once(put.corrections).map((correction) => ({ ...correction, reason: 'foreign' })),
    },
    putSegments: once(putSegments).map((segment) => ({ ...segment, bytes: bytesOf('foreign') })),
  }
}

/** What a tenant holds who is there before the case begins. */
export function crowdedChanges(): { readonly put: Put; readonly putSegments: readonly Segment[] } {
  const ids = numberedIds(40)
  return foreignChanges({
    put: {
      episodes: ids.map((id) => build.episodes(id)),
      chunks: ids.map((id) => build.chunks(id)),
      senses: ids.map((id) => build.senses(id)),
      decisions: ids.map((id) => build.decisions(id)),
      facts: ids.map((id) => build.facts(id)),
      assertions: ids.map((id) => build.assertions(id)),
      corrections: ids.map((id) => build.corrections(id)),
    },
    putSegments: ids.slice(0, 10).map((id, number) => ({ id, firstVersion: number + 1, lastVersion: number + 1, bytes: bytesOf(id) })),
  })
}

function once<T extends { readonly id: string }>(records: readonly T[] = []): readonly T[] {
  return [...new Map(records.map((record) => [record.id, record])).values()]
}
