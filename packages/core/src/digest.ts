import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson } from './canonical-json.ts'
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
    for await (const record of graph.scan(kind, options)) hash.update(encoder.encode(`${canonicalJson(withoutRecordedTimes(record))}\n`))
  }
  return base32(hash.digest())
}

function withoutRecordedTimes(record: object): object {
  const { recordedAt, retiredAt, ...rest } = record as { readonly recordedAt?: unknown; readonly retiredAt?: unknown }
  return retiredAt === undefined ? rest : { ...rest, retired: true }
}
