import { type GenerateOptions, type GenerateRequest, type Generation, heard, type LanguageModel } from '@graphmem/core/spec'
import { generationOf, streamedGeneration } from './answer.ts'
import { failureOf, formRefused, refusesForm } from './failure.ts'
import { rulesOf } from './model-rules.ts'
import { checkModelOptions, type OpenAIModelOptions } from './openai-options.ts'
import { requestBody } from './request-body.ts'
import { serverOf } from './server.ts'
import { structuredOutputMode } from './structured-output.ts'

/**
 * A model of OpenAI, of Azure OpenAI, or of a server that speaks as OpenAI does, by chat completions. Its `id` begins with `openai:`, `azure:` or
 * `openai-compatible:`. Nothing is sent before it is used.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function openaiModel(options: OpenAIModelOptions): LanguageModel {
  checkModelOptions(options)
  const { client, id, model } = serverOf(options)
  const rules = rulesOf(options)
  const mode = structuredOutputMode(options.structuredOutput)

  return {
    specVersion: 1,
    id,
    async generate(request: GenerateRequest, { signal, onText }: GenerateOptions = {}): Promise<Generation> {
      signal?.throwIfAborted()
      const asked = request.schema === undefined ? 'none' : mode.current
      const body = requestBody(model, rules, request, asked)
      const fail = (error: unknown): never => {
        signal?.throwIfAborted()
        if (asked !== 'none' && refusesForm(error)) throw formRefused(id, mode.refused(asked))
        throw failureOf(id, error)
      }
      if (onText === undefined) return generationOf(id, await client.chat.completions.create(body, { signal }).catch(fail))
      const streamed = { ...body, stream: true, stream_options: { include_usage: true } } as const
      const pieces = await client.chat.completions.create(streamed, { signal }).catch(fail)
      return streamedGeneration(id, heard(pieces, signal, fail), onText)
    },
  }
}
