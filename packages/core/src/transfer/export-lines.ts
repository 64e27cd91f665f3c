import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson } from '../canonical-json.ts'
import { rebuild } from '../change/reindex.ts'
import { recordsDigest } from '../digest.ts'
import { indexedVectors } from '../index-segments/indexed-vectors.ts'
import type { Quantised } from '../index-segments/quantised.ts'
import { indexDamaged } from '../index-segments/seal.ts'
import { checkGeneration, type MemoryContext } from '../memory-context.ts'
import { base32, type CallOptions, GraphMemError, type Head, recordKinds } from '../spec/index.ts'
import { formatName, formatVersion, type Transferred } from './export-format.ts'
import { moveMarkOf } from './move-mark.ts'
import { vectorText } from './vector-text.ts'

/**
 * A memory at one version, line by line, each with its line feed: the header, the records in the order of kinds and ids, each chunk with its vector,
 * and a last line without which the stream is not whole. Nothing in it says whose it is. Equal memories give equal bytes.
 *
 * Records are streamed; the vectors are held meanwhile, a byte a dimension and chunk.
 *
 * @returns what the last line says.
 * @throws GraphMemError `CONFLICT`, retryable, in place of the last line, when another writer came between.
 */
export async function* exportLines(context: MemoryContext, options: CallOptions): AsyncGenerator<string, Transferred> {
  const { graph } = context
  const hash = sha256.create()
  const encoder = new TextEncoder()
  const line = (value: object) => {
    const text = `${canonicalJson(value)}\n`
    hash.update(encoder.encode(text))
    return text
  }
  const { head, vectors } = await headAndVectors(context, options)
  const { generation } = moveMarkOf(head)
  const records = await graph.count(options)
  const digest = recordsDigest()
  yield line({ format: formatName, formatVersion, ...(generation === undefined ? {} : { generation }), records })
  for (const kind of recordKinds) {
    digest.beginKind(kind)
    for await (const record of graph.scan(kind, options)) {
      digest.add(record)
      if (kind !== 'chunks') {
        yield line({ kind, record })
        continue
      }
      const vector = vectors.get(record.id)
      if (vector === undefined) {
        await refuseChange(context, head, options)
        throw indexDamaged()
      }
      yield line({ kind, record, vector: vectorText(vector) })
    }
  }
  await refuseChange(context, head, options)
  const end = { records, digest: digest.done(), checksum: base32(hash.digest()) }
  yield `${JSON.stringify({ end })}\n`
  return end
}

/** The vectors of all chunks, and the head they are of. A damaged index is made anew first. */
async function headAndVectors(
  context: MemoryContext,
  options: CallOptions,
): Promise<{ readonly head: Head; readonly vectors: ReadonlyMap<string, Quantised> }> {
  const read = async () => {
    const head = await context.graph.head(options)
    return { head, ...(await indexedVectors(context.graph, options)) }
  }
  const first = await read()
  if (!first.isDamaged) return first
  const { version, ...head } = await context.graph.head(options)
  const { generation } = moveMarkOf(head)
  // Else a move that was cut off could not be finished.
  checkGeneration({ version, ...(generation === undefined ? {} : { generation }) }, context)
  await rebuild(context, { ...options, evenMoving: true })
  const mended = await read()
  if (mended.isDamaged) throw indexDamaged()
  return mended
}

async function refuseChange({ graph }: MemoryContext, before: Head, options: CallOptions): Promise<void> {
  const { incarnation, version } = await graph.head(options)
  if (incarnation === before.incarnation && version === before.version) return
  throw new GraphMemError({
    code: 'CONFLICT',
    retryable: true,
    message: 'Cannot export: the memory was written to in the meantime, and what was given so far is not whole. Begin again.',
  })
}
