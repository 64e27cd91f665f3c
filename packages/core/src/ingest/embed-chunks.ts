import { type Chunk, type Embedder, type Episode, GraphMemError, type ModelOptions } from '../spec/index.ts'

/** What of a chunk is embedded: of a document's passage, its title before it. */
export function textToEmbed({ episode, chunk }: Embedded): string {
  return episode.title === undefined ? chunk.text : `${episode.title}. ${chunk.text}`
}

/** What a vector is made from. */
export interface Embedded {
  readonly episode: Pick<Episode, 'title'>
  readonly chunk: Pick<Chunk, 'text'>
}

/** The vectors of chunks. @throws as `embedAll` does */
export async function embedChunks<C extends Embedded>(
  chunks: readonly C[],
  embedder: Embedder,
  options: ModelOptions,
): Promise<readonly { readonly chunk: C; readonly vector: Float32Array }[]> {
  const vectors = await embedAll(embedder, chunks.map(textToEmbed), options)
  return chunks.map((chunk, index) => ({ chunk, vector: vectors[index] ?? new Float32Array(embedder.dimensions) }))
}

/**
 * Embeds texts and checks what comes back.
 *
 * @throws GraphMemError `ADAPTER_INVALID`, `MODEL_FAILED`; where the embedder is remote, `BUDGET_EXCEEDED` and what it throws
 */
export async function embedAll(embedder: Embedder, texts: readonly string[], options: ModelOptions): Promise<readonly Float32Array[]> {
  if (texts.length === 0) return []
  const vectors = await embed(embedder, texts, options)
  const sound =
    Array.isArray(vectors) &&
    vectors.length === texts.length &&
    vectors.every((vector) => vector instanceof Float32Array && vector.length === embedder.dimensions && vector.every(Number.isFinite))
  if (sound) return vectors
  throw new GraphMemError({
    code: 'ADAPTER_INVALID',
    field: 'embedder',
    message: `Cannot use the vectors of ${embedder.id}: it has to give one vector a text, of ${embedder.dimensions} finite numbers each.`,
  })
}

async function embed(embedder: Embedder, texts: readonly string[], { calls, signal }: ModelOptions): Promise<readonly Float32Array[]> {
  try {
    if (embedder.remote !== undefined && calls !== undefined) return await calls.embed(embedder, texts, { signal })
    return await embedder.embed(texts, { signal })
  } catch (error) {
    signal?.throwIfAborted()
    if (GraphMemError.is(error)) throw error
    // What a foreign error says may hold the text it was about, and stays out.
    throw new GraphMemError({
      code: 'MODEL_FAILED',
      message: 'The embedder failed. Nothing of the batch was written; make the same call again.',
    })
  }
}
