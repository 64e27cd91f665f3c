import type { Extraction, Passage, Reasoner } from '@graphmem/core/spec'
import { localReasoner } from '@graphmem/llm-local'

/** A reasoner that replays what a model extracted, and how often it could. */
export interface RecordedReasoner extends Reasoner {
  /** Passages read so far: those with a record, and those without, of which it gives no names and no facts. */
  readonly counts: { readonly recorded: number; readonly missing: number }
}

/** Replays recorded extractions, found by the passage alone. Answers are not recorded: they are the local reasoner's. */
export function recordedReasoner(id: string, recordOf: (passage: Passage) => Extraction | undefined): RecordedReasoner {
  const counts = { recorded: 0, missing: 0 }
  return {
    ...localReasoner(),
    id,
    counts,
    async extract(passage, options = {}) {
      options.signal?.throwIfAborted()
      const extraction = recordOf(passage)
      counts[extraction === undefined ? 'missing' : 'recorded'] += 1
      return extraction ?? { names: [], facts: [], same: [] }
    },
  }
}
