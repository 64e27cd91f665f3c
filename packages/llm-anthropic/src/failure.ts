import { APIError } from '@anthropic-ai/sdk'
import { GraphMemError, modelFailure } from '@graphmem/core/spec'
import type { SchemaWay } from './params.ts'

/** Of an error in a stream the type alone is told: it stands for the status that the answer would have had. */
const statusOf: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
}

/** What the API names when it refuses a way: `tool_choice: type "tool" and "any" are not supported for this model.` */
const refusal: Readonly<Record<SchemaWay, RegExp>> = {
  format: /output_config|output[ _]format|structured output|json_schema|grammar/i,
  tool: /tool/i,
}

/**
 * The SDK's error without what it carries: the request, with the key, and what the provider says.
 *
 * @param way how a schema was asked for
 */
export function anthropicFailure(model: string, error: unknown, way: SchemaWay | undefined): GraphMemError {
  const { status, type, headers, apiMessage } = error instanceof APIError ? error : {}
  if (status === 400 && way !== undefined && refusal[way].test(apiMessage ?? '')) {
    return new GraphMemError({
      code: 'MODEL_SCHEMA_REFUSED',
      retryable: true,
      message: `Cannot use ${model}: it does not take a schema as ${way === 'format' ? 'the format of its answer' : 'a tool'} (400). Make the same call again: it asks in another way.`,
    })
  }
  return modelFailure({ model, status: status ?? statusOf[type ?? ''], headers })
}
