import type { Generation, ModelUsage } from '@graphmem/core/spec'
import { failureInBody, failureOf } from './failure.ts'

/** The parts of a completion, or of a piece of one, that are read: servers that speak as OpenAI does leave out any of them. */
export interface Told {
  readonly choices?: readonly (ToldChoice | null)[] | null
  readonly usage?: ToldUsage | null
  readonly error?: unknown
}

interface ToldChoice {
  readonly message?: ToldText | null
  readonly delta?: ToldText | null
  readonly finish_reason?: string | null
  readonly error?: unknown
}

interface ToldText {
  readonly content?: unknown
  readonly refusal?: unknown
}

interface ToldUsage {
  readonly prompt_tokens?: unknown
  readonly completion_tokens?: unknown
  readonly prompt_tokens_details?: { readonly cached_tokens?: unknown } | null
}

/** @param told what the server answered, of whatever form */
export function generationOf(id: string, told: Told | null | undefined): Generation {
  const choice = told?.choices?.[0]
  if (typeof choice?.message !== 'object' || choice.message === null) throw failureInBody(id, told?.error)
  return {
    text: textOf(choice.message.content),
    finish: finishOf(id, choice, textOf(choice.message.refusal) !== ''),
    usage: usageOf(told?.usage),
  }
}

/** Reads a stream to its end. One that ends without a reason did not end. */
export async function streamedGeneration(
  id: string,
  pieces: AsyncIterable<Told | null>,
  onText: (piece: string) => void,
): Promise<Generation> {
  let text = ''
  let refused = false
  let last: ToldChoice | undefined
  let usage: ModelUsage | undefined
  for await (const told of pieces) {
    const choice = told?.choices?.[0]
    const piece = textOf(choice?.delta?.content)
    if (piece !== '') {
      text += piece
      onText(piece)
    }
    refused ||= textOf(choice?.delta?.refusal) !== ''
    if (choice?.finish_reason) last = choice
    usage = usageOf(told?.usage) ?? usage
  }
  if (last === undefined) throw failureOf(id, undefined)
  return { text, finish: finishOf(id, last, refused), usage }
}

function finishOf(id: string, { finish_reason: reason, error }: ToldChoice, refused: boolean): Generation['finish'] {
  if (reason === 'error' || reason === 'insufficient_system_resource') throw failureInBody(id, error)
  if (refused || reason === 'content_filter') return 'refused'
  return reason === 'length' ? 'length' : 'complete'
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : ''
}

function usageOf(told: ToldUsage | null | undefined): ModelUsage | undefined {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = told ?? {}
  if (typeof inputTokens !== 'number' || typeof outputTokens !== 'number') return undefined
  const cached = told?.prompt_tokens_details?.cached_tokens
  return { inputTokens, outputTokens, ...(typeof cached === 'number' && { cachedInputTokens: cached }) }
}
