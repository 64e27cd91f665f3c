import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson } from './canonical-json.ts'
import { base32, type CallOptions, type RecordKind, recordKinds, type ScopedGraph } from './spec/index.ts'

/**
 * SHA-256, in base32, over all records in the order of their kinds and ids, without the times at which they were recorded: what is retired counts
 * as retired, not since when. Reads everything, in bounded memory.
 */
export async function digest(graph: ScopedGraph, options: CallOptions): Promise<string> {
  const { beginKind, add, done } = recordsDigest()
  for (const kind of recordKinds) {
    beginKind(kind)
    for await (const record of graph.scan(kind, options)) add(record)
  }
  return done()
}

/** The same for whoever has the records at hand, in that order; every kind is begun, also one without records. */
export function recordsDigest(): {
  readonly beginKind: (kind: RecordKind) => void
  readonly add: (record: object) => void
  readonly done: () => string
} {
  const hash = sha256.create()
  const encoder = new TextEncoder()
  const line = (text: string) => hash.update(encoder.encode(`${text}\n`))
  return {
    beginKind: (kind) => void line(kind),
    add: (record) => void line(canonicalJson(withoutRecordedTimes(record))),
    done: () => base32(hash.digest()),
  }
}

function withoutRecordedTimes(record: object): object {
  const { recordedAt, retiredAt, ...rest } = record as { readonly recordedAt?: unknown; readonly retiredAt?: unknown }
  return retiredAt === undefined ? rest : { ...rest, retired: true }
}
