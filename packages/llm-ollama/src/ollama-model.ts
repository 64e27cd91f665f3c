import { type GenerateOptions, type GenerateRequest, type Generation, heard, type LanguageModel } from '@graphmem/core/spec'
import { chatOf } from './chat.ts'
import { generationOf, streamedGeneration } from './generation.ts'
import { ollamaClient, ollamaFailure } from './ollama-client.ts'
import { checkedModelOptions, type OllamaModelOptions } from './ollama-options.ts'

/**
 * A model that Ollama runs, here or elsewhere. The schema of an answer is its `format`, to which the model is held; one that the server refuses
 * (`MODEL_SCHEMA_REFUSED`) is left out from then on. A prompt longer than the model's context (`num_ctx`) is refused, not shortened, by
 * servers that know `truncate`.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function ollamaModel(options: OllamaModelOptions): LanguageModel {
  const checked = checkedModelOptions(options)
  const { id } = checked
  let takesSchema = true

  return {
    specVersion: 1,
    id,
    async generate(request: GenerateRequest, { signal, onText }: GenerateOptions = {}): Promise<Generation> {
      signal?.throwIfAborted()
      const hasSchema = request.schema !== undefined && takesSchema
      const client = ollamaClient(checked, { signal, isStreamed: onText !== undefined, hasSchema })
      const chat = chatOf(request, checked, hasSchema)
      const fail = (error: unknown): never => {
        signal?.throwIfAborted()
        const failure = ollamaFailure(id, error)
        if (failure.code === 'MODEL_SCHEMA_REFUSED') takesSchema = false
        throw failure
      }
      if (onText === undefined)
        return client
          .chat({ ...chat, stream: false })
          .then(generationOf)
          .catch(fail)
      const stream = await client.chat({ ...chat, stream: true }).catch(fail)
      try {
        return (await streamedGeneration(heard(stream, signal, fail), onText)) ?? fail(undefined)
      } finally {
        stream.abort()
      }
    },
  }
}
