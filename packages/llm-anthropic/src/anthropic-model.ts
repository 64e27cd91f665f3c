import { Anthropic } from '@anthropic-ai/sdk'
import { type GenerateOptions, type GenerateRequest, type Generation, heard, type LanguageModel } from '@graphmem/core/spec'
import { type AnthropicModelOptions, checkedOptions } from './anthropic-options.ts'
import { anthropicFailure } from './failure.ts'
import { generationOf, streamedGeneration } from './generation.ts'
import { ownFetch } from './own-fetch.ts'
import { paramsOf, type SchemaWay } from './params.ts'

/** As long as a timer can be: how long an answer may take is for who calls. */
const noTimeoutMs = 2 ** 31 - 1

/**
 * A model of Anthropic's, over the Messages API. What is equal in all requests of one kind is marked for the provider's cache.
 *
 * A schema is asked for as the format of the answer, which Claude 4.5 and later take. Where that is refused (`MODEL_SCHEMA_REFUSED`), it is from then on a
 * tool that the model is forced to call; where that is refused too, it is left out.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function anthropicModel(options: AnthropicModelOptions): LanguageModel {
  const checked = checkedOptions(options)
  const id = `anthropic:${checked.model}`
  const client = new Anthropic({
    apiKey: checked.apiKey,
    baseURL: checked.baseURL,
    maxRetries: 0,
    timeout: noTimeoutMs,
    fetch: ownFetch(checked.apiKey),
    // What it would take from the environment, print, or give to a tracer.
    webhookKey: null,
    logLevel: 'off',
    openTelemetry: false,
  })
  let ways: readonly SchemaWay[] = ['format', 'tool']

  return {
    specVersion: 1,
    id,
    async generate(request: GenerateRequest, { signal, onText }: GenerateOptions = {}): Promise<Generation> {
      signal?.throwIfAborted()
      const way = request.schema && ways[0]
      const params = paramsOf(request, checked, way)
      const fail = (error: unknown): never => {
        signal?.throwIfAborted()
        const failure = anthropicFailure(id, error, way)
        if (failure.code === 'MODEL_SCHEMA_REFUSED') ways = ways.filter((each) => each !== way)
        throw failure
      }
      if (onText === undefined)
        return client.messages
          .create({ ...params, stream: false }, { signal })
          .then(generationOf)
          .catch(fail)
      const events = await client.messages.create({ ...params, stream: true }, { signal }).catch(fail)
      return (await streamedGeneration(heard(events, signal, fail), onText)) ?? fail(undefined)
    },
  }
}
