import type { GraphMem, IngestResult } from '@graphmem/core'
import { openMemory } from '../who/open-memory.ts'
import type { IngestRunner } from './ingest-queue.ts'
import type { Ingested } from './job.ts'

/** Ingests into the memory of the user whose job it is. */
export function runIngest(graphMem: GraphMem): IngestRunner {
  return async (userId, { memoryId, name, input }, { signal, onProgress }) => {
    const memory = openMemory(graphMem, { userId, name }, memoryId)
    return ingestedJson(await memory.ingest(input, { signal, onProgress: ({ done, total }) => onProgress(done, total) }))
  }
}

function ingestedJson({ episodes, entities, facts, chunks, added, unchanged, replaced, failed, version }: IngestResult): Ingested {
  return {
    status: failed === 0 ? 'success' : failed < episodes.length ? 'partial' : 'failed',
    ...{ entities, facts, chunks, added, unchanged, replaced, failed, version },
    episodes: episodes.map(({ id, key, status }) => ({ id, key, status })),
  }
}
