import type {
  LanguageModelV3FinishReason,
  LanguageModelV3GenerateResult,
  LanguageModelV3StreamPart,
  LanguageModelV3Usage,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import type { Generation, ModelUsage } from '@graphmem/core/spec'

export type StreamPart = LanguageModelV3StreamPart | LanguageModelV4StreamPart

type FinishReason = LanguageModelV3FinishReason | LanguageModelV4FinishReason

/** @throws Error where the provider says that it failed */
export function generationOf({ content, finishReason, usage }: LanguageModelV3GenerateResult | LanguageModelV4GenerateResult): Generation {
  if (hasFailed(finishReason)) throw new Error('no whole answer')
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('')
  return { text, finish: finishOf(finishReason), usage: usageOf(usage) }
}

/**
 * Reads a stream to its end.
 *
 * @param fail for a failure that the stream tells of, or an end that comes before that of the answer
 */
export async function streamedGeneration(
  parts: AsyncIterable<StreamPart>,
  onText: (piece: string) => void,
  fail: (error: unknown) => never,
): Promise<Generation> {
  let text = ''
  let end: Pick<Generation, 'finish' | 'usage'> | undefined
  for await (const part of parts) {
    if (part.type === 'error') fail(part.error)
    if (part.type === 'finish') {
      const { finishReason, usage } = part
      // A stream that ends without a reason ended too soon.
      if (hasFailed(finishReason) || (finishReason.unified === 'other' && finishReason.raw === undefined)) fail(undefined)
      end = { finish: finishOf(finishReason), usage: usageOf(usage) }
    }
    if (part.type !== 'text-delta' || part.delta === '') continue
    text += part.delta
    onText(part.delta)
  }
  return end === undefined ? fail(undefined) : { text, ...end }
}

function hasFailed({ unified }: FinishReason): boolean {
  return unified === 'error' || unified === 'interrupted'
}

function finishOf({ unified }: FinishReason): Generation['finish'] {
  if (unified === 'content-filter') return 'refused'
  return unified === 'length' ? 'length' : 'complete'
}

function usageOf({ inputTokens, outputTokens }: LanguageModelV3Usage): ModelUsage | undefined {
  if (inputTokens.total === undefined || outputTokens.total === undefined) return undefined
  return {
    inputTokens: inputTokens.total,
    ...(inputTokens.cacheRead !== undefined && { cachedInputTokens: inputTokens.cacheRead }),
    ...(inputTokens.cacheWrite !== undefined && { cacheWriteTokens: inputTokens.cacheWrite }),
    outputTokens: outputTokens.total,
  }
}
