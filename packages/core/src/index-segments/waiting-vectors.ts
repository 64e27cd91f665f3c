import type { SegmentInfo } from '../spec/index.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { list, readList } from './list-codec.ts'
import type { Quantised } from './quantised.ts'
import { seal, unseal } from './seal.ts'

/**
 * Vectors of an embedder that a memory is not made with yet: kept beside its index, in segments of version 0, until all are there and take the place
 * of those in the index.
 */
export interface WaitingVectors {
  /** The embedder's id and dimensions. */
  readonly madeBy: string
  readonly vectors: readonly WaitingVector[]
}

interface WaitingVector extends Quantised {
  readonly chunkId: string
}

/** What `segments()` is asked for by whoever wants what waits beside the index too. */
export const withWaiting = -1

/** Whether a segment is none of the index, and waits beside it. */
export function isWaiting({ lastVersion }: Pick<SegmentInfo, 'lastVersion'>): boolean {
  return lastVersion === 0
}

/** Another number than any format of the index. */
const format = 96

/** The bytes of a segment. */
export async function sealedWaiting({ madeBy, vectors }: WaitingVectors): Promise<Uint8Array> {
  const out = new ByteWriter()
  out.integer(format)
  out.text(madeBy)
  list(out, vectors, ({ chunkId, vector, scale }) => {
    out.text(chunkId)
    out.bytes(vector)
    out.number(scale)
  })
  return seal(out.done())
}

/** The inverse; `undefined` for what is damaged or of another format: such vectors are made again. */
export async function unsealedWaiting(sealed: Uint8Array): Promise<WaitingVectors | undefined> {
  const bytes = await unseal(sealed).catch(() => undefined)
  if (bytes?.[0] !== format) return undefined
  const from = new ByteReader(bytes)
  from.integer()
  const madeBy = from.text()
  const vectors = readList(from, () => ({ chunkId: from.text(), vector: new Int8Array(from.bytes()), scale: from.number() }))
  return { madeBy, vectors }
}
