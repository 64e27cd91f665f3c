import type { Anthropic } from '@anthropic-ai/sdk'
import type { Generation, ModelUsage } from '@graphmem/core/spec'

type Counted = Partial<
  Pick<Anthropic.MessageDeltaUsage, 'input_tokens' | 'cache_read_input_tokens' | 'cache_creation_input_tokens' | 'output_tokens'>
>

/** The answer is text, or what the tool was called with; thinking is not part of it. */
export function generationOf({ content, stop_reason, usage }: Anthropic.Message): Generation {
  const text = content
    .map((block) => (block.type === 'text' ? block.text : block.type === 'tool_use' ? JSON.stringify(block.input) : ''))
    .join('')
  return { text, finish: finishOf(stop_reason), usage: usageOf(usage) }
}

/** Reads a stream to its end. `undefined` where it ends before the answer does. Servers that speak as Anthropic does leave parts out. */
export async function streamedGeneration(
  events: AsyncIterable<Anthropic.RawMessageStreamEvent>,
  onText: (piece: string) => void,
): Promise<Generation | undefined> {
  let text = ''
  let stopReason: Anthropic.StopReason | null = null
  let counted: Counted = {}
  let isWhole = false
  for await (const event of events) {
    if (event.type === 'message_start') counted = { ...event.message?.usage }
    if (event.type === 'message_delta') {
      stopReason = event.delta?.stop_reason ?? stopReason
      counted = { ...counted, ...withoutNull({ ...event.usage }) }
    }
    isWhole ||= event.type === 'message_stop'
    const piece = event.type === 'content_block_delta' ? pieceOf(event.delta) : ''
    if (piece === '') continue
    text += piece
    onText(piece)
  }
  return isWhole ? { text, finish: finishOf(stopReason), usage: usageOf(counted) } : undefined
}

function pieceOf(delta: Anthropic.RawContentBlockDelta): string {
  if (delta?.type === 'text_delta') return delta.text
  return delta?.type === 'input_json_delta' ? delta.partial_json : ''
}

function finishOf(reason: Anthropic.StopReason | null): Generation['finish'] {
  if (reason === 'refusal') return 'refused'
  return reason === 'max_tokens' || reason === 'model_context_window_exceeded' ? 'length' : 'complete'
}

/** The API counts apart what was read from the cache, what was written to it, and the rest. */
function usageOf(usage: Counted | undefined): ModelUsage | undefined {
  const { input_tokens: uncached, output_tokens: outputTokens, cache_read_input_tokens, cache_creation_input_tokens } = usage ?? {}
  if (typeof uncached !== 'number' || typeof outputTokens !== 'number') return undefined
  const cachedInputTokens = cache_read_input_tokens ?? 0
  const cacheWriteTokens = cache_creation_input_tokens ?? 0
  return { inputTokens: uncached + cachedInputTokens + cacheWriteTokens, cachedInputTokens, cacheWriteTokens, outputTokens }
}

function withoutNull(usage: Counted): Counted {
  return Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== null))
}
