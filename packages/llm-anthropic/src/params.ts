import type { Anthropic } from '@anthropic-ai/sdk'
import type { GenerateRequest } from '@graphmem/core/spec'
import type { CheckedOptions } from './anthropic-options.ts'

/** How a schema is asked for: as the format of the text, or as the input of a tool that is forced. */
export type SchemaWay = 'format' | 'tool'

/** Ends what is fixed in all requests of one kind: the tools, and the system prompt, which comes after them. */
const cached = { cache_control: { type: 'ephemeral' } } as const

/** @param way absent: no schema is asked for */
export function paramsOf(
  { system, messages, schema, maxOutputTokens }: GenerateRequest,
  { model, effort }: CheckedOptions,
  way: SchemaWay | undefined,
): Anthropic.MessageCreateParams {
  const format = schema && way === 'format' && { format: { type: 'json_schema' as const, schema: schema.json } }
  return {
    model,
    max_tokens: maxOutputTokens,
    ...(system !== '' && { system: [{ type: 'text', text: system, ...cached }] }),
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...((format || effort) && { output_config: { ...format, ...(effort && { effort }) } }),
    ...(schema &&
      way === 'tool' && {
        tools: [{ name: schema.name, input_schema: { ...schema.json, type: 'object' }, ...cached }],
        tool_choice: { type: 'tool', name: schema.name, disable_parallel_tool_use: true },
      }),
  }
}
