import { type Embedder, type EmbedOptions, remoteEmbedder } from '@graphmem/core/spec'
import { ollamaClient, ollamaFailure } from './ollama-client.ts'
import { checkedEmbedderOptions, type OllamaEmbedderOptions } from './ollama-options.ts'

/**
 * An embedding model that Ollama runs, here or elsewhere. What goes beyond the model's length is not read.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function ollamaEmbedder(options: OllamaEmbedderOptions): Embedder {
  const checked = checkedEmbedderOptions(options)
  const { id, model, dimensions, maxTexts, keepAlive } = checked

  async function ask(texts: readonly string[], { signal, onUsage }: EmbedOptions): Promise<readonly unknown[]> {
    const client = ollamaClient(checked, { signal, isStreamed: false, hasSchema: false })
    const request = { model, input: [...texts], ...(keepAlive !== undefined && { keep_alive: keepAlive }) }
    const told = await client.embed(request).catch((error: unknown): never => {
      signal?.throwIfAborted()
      throw ollamaFailure(id, error)
    })
    if (!Array.isArray(told?.embeddings)) throw ollamaFailure(id, undefined)
    if (typeof told.prompt_eval_count === 'number') onUsage?.({ inputTokens: told.prompt_eval_count, outputTokens: 0 })
    return told.embeddings
  }

  return remoteEmbedder({ id, dimensions, maxTexts, ask })
}
