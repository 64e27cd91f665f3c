import type { LanguageModelV3, LanguageModelV3CallOptions, LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { type GenerateOptions, type GenerateRequest, type Generation, heard, type LanguageModel } from '@graphmem/core/spec'
import { aiSdkFailure } from './ai-sdk-failure.ts'
import { checkedId } from './checked-id.ts'
import { generationOf, type StreamPart, streamedGeneration } from './generation.ts'

export interface AiSdkModelOptions {
  /** What prices and limits are looked up by. Default: the provider's name, up to a dot, and the model's: `openai:gpt-4o-mini`. */
  readonly id?: string
}

/**
 * A model of any provider of the AI SDK, as `openai('gpt-4o-mini')` or `google('gemini-2.5-flash')` make it. Each call is one of the provider's, without what
 * `generateText` adds. A schema that is refused (`MODEL_SCHEMA_REFUSED`) is left out from then on.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function fromAiSdk(model: LanguageModelV3 | LanguageModelV4, options: AiSdkModelOptions = {}): LanguageModel {
  const id = checkedId(model, 'doGenerate', options, ['id'])
  let takesSchema = true

  return {
    specVersion: 1,
    id,
    async generate(request: GenerateRequest, { signal, onText }: GenerateOptions = {}): Promise<Generation> {
      signal?.throwIfAborted()
      const hasSchema = request.schema !== undefined && takesSchema
      const call = { ...callOf(request, hasSchema), ...(signal && { abortSignal: signal }) }
      const fail = (error: unknown): never => {
        signal?.throwIfAborted()
        const failure = aiSdkFailure(id, error, hasSchema)
        if (failure.code === 'MODEL_SCHEMA_REFUSED') takesSchema = false
        throw failure
      }
      const whole = async () => generationOf(await model.doGenerate(call))
      if (onText === undefined) return whole().catch(fail)
      const begun = async () => model.doStream(call)
      const { stream } = await begun().catch(fail)
      return streamedGeneration(heard<StreamPart>(stream, signal, fail), onText, fail)
    },
  }
}

function callOf(
  { system, messages, schema, maxOutputTokens }: GenerateRequest,
  hasSchema: boolean,
): LanguageModelV3CallOptions & LanguageModelV4CallOptions {
  return {
    prompt: [
      { role: 'system', content: system },
      ...messages.map(({ role, content }) => ({ role, content: [{ type: 'text' as const, text: content }] })),
    ],
    maxOutputTokens,
    ...(hasSchema && schema && { responseFormat: { type: 'json', name: schema.name, schema: schema.json } }),
  }
}
