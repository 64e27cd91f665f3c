import type { GenerateRequest } from '@graphmem/core/spec'
import type { ChatRequest } from 'ollama/browser'
import type { OllamaModelOptions } from './ollama-options.ts'

/** What the server knows and the SDK's type does not: whether a prompt, or an answer, that is too long for the context loses its beginning unsaid. */
interface WholeContext {
  readonly truncate: false
  readonly shift: false
}

export function chatOf(
  { system, messages, schema, maxOutputTokens }: GenerateRequest,
  { model, keepAlive, options, think }: OllamaModelOptions,
  hasSchema: boolean,
): ChatRequest & WholeContext {
  return {
    model,
    messages: [{ role: 'system', content: system }, ...messages.map(({ role, content }) => ({ role, content }))],
    options: { temperature: 0, ...options, num_predict: maxOutputTokens },
    truncate: false,
    shift: false,
    ...(hasSchema && schema && { format: schema.json }),
    ...(keepAlive !== undefined && { keep_alive: keepAlive }),
    ...(think !== undefined && { think }),
  }
}
