import { type CallOptions, type Embedder, GraphMemError } from '../spec/index.ts'

/** What a vector is made from. */
export interface Embedded {
  readonly chunk: { readonly text: string }
  readonly episode: { readonly title?: string }
}

/** The vectors of chunks: of a document's passage with its title before it. @throws GraphMemError `ADAPTER_INVALID`, `MODEL_FAILED` */
export async function embedChunks<T extends Embedded>(
  read: readonly T[],
  embedder: Embedder,
  options: CallOptions,
): Promise<readonly { readonly chunk: T; readonly vector: Float32Array }[]> {
  const texts = read.map(({ episode, chunk }) => (episode.title === undefined ? chunk.text : `${episode.title}. ${chunk.text}`))
  const vectors = await embedAll(embedder, texts, options)
  return read.map((chunk, index) => ({ chunk, vector: vectors[index] ?? new Float32Array(embedder.dimensions) }))
}

/** Embeds texts and checks what comes back. @throws GraphMemError `ADAPTER_INVALID`, `MODEL_FAILED` */
export async function embedAll(embedder: Embedder, texts: readonly string[], options: CallOptions): Promise<readonly Float32Array[]> {
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

async function embed(embedder: Embedder, texts: readonly string[], options: CallOptions): Promise<readonly Float32Array[]> {
  try {
    return await embedder.embed(texts, options)
  } catch (error) {
    options.signal?.throwIfAborted()
    if (GraphMemError.is(error)) throw error
    // What a foreign error says may hold the text it was about, and stays out.
    throw new GraphMemError({
      code: 'MODEL_FAILED',
      message: 'The embedder failed. Nothing of the batch was written; make the same call again.',
    })
  }
}
