import type { GenerateRequest } from '@graphmem/core/spec'
import type OpenAI from 'openai'
import type { ModelRules } from './model-rules.ts'
import type { StructuredOutput } from './structured-output.ts'

export type RequestBody = Omit<OpenAI.Chat.ChatCompletionCreateParamsNonStreaming, 'stream'>

export function requestBody(
  model: string,
  rules: ModelRules,
  { system, messages, schema, maxOutputTokens }: GenerateRequest,
  structuredOutput: StructuredOutput,
): RequestBody {
  return {
    model,
    messages: [{ role: 'system', content: system }, ...messages.map(({ role, content }) => ({ role, content }))],
    [rules.limit]: maxOutputTokens,
    ...(rules.takesTemperature && { temperature: 0 }),
    ...(rules.takesStore && { store: false }),
    ...(rules.reasoningEffort !== undefined && { reasoning_effort: rules.reasoningEffort }),
    ...(schema !== undefined && structuredOutput === 'json_object' && { response_format: { type: 'json_object' } }),
    ...(schema !== undefined &&
      structuredOutput === 'json_schema' && {
        response_format: { type: 'json_schema', json_schema: { name: schema.name, strict: true, schema: { ...schema.json } } },
      }),
  }
}
