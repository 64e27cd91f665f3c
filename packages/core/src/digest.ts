import { sha256 } from '@noble/hashes/sha2.js'
import { base32, type CallOptions, recordKinds, type ScopedGraph } from './spec/index.ts'

/**
 * SHA-256, in base32, over all records in the order of their kinds and ids, without the times at which they were recorded: what is retired counts
 * as retired, not since when. Reads everything, in bounded memory.
 */
export async function digest(graph: ScopedGraph, options: CallOptions): Promise<string> {
  const hash = sha256.create()
  const encoder = new TextEncoder()
  for (const kind of recordKinds) {
    hash.update(encoder.encode(`${kind}\n`))
    for await (const record of graph.scan(kind, options)) hash.update(encoder.encode(`${canonical(withoutRecordedTimes(record))}\n`))
  }
  return base32(hash.digest())
}

function withoutRecordedTimes(record: object): object {
  const { recordedAt, retiredAt, ...rest } = record as { readonly recordedAt?: unknown; readonly retiredAt?: unknown }
  return retiredAt === undefined ? rest : { ...rest, retired: true }
}

/** JSON with the keys of objects in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
