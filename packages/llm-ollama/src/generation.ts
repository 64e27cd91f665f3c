import type { Generation } from '@graphmem/core/spec'
import type { ChatResponse } from 'ollama/browser'

/** A count of 0 is left out by the server. */
type Told = Partial<Pick<ChatResponse, 'message' | 'done' | 'done_reason' | 'prompt_eval_count' | 'eval_count'>>

/** @throws Error where there is no answer */
export function generationOf(told: Told): Generation {
  if (typeof told.message?.content !== 'string') throw new Error('no answer')
  return generation(told.message.content, told)
}

/** Reads a stream to its end. `undefined` where it ends before the answer does. */
export async function streamedGeneration(parts: AsyncIterable<Told>, onText: (piece: string) => void): Promise<Generation | undefined> {
  let text = ''
  let last: Told | undefined
  for await (const part of parts) {
    const piece = part.message?.content ?? ''
    if (part.done) last = part
    if (piece === '') continue
    text += piece
    onText(piece)
  }
  return last && generation(text, last)
}

function generation(text: string, { done_reason, prompt_eval_count, eval_count }: Told): Generation {
  const isCounted = prompt_eval_count !== undefined || eval_count !== undefined
  return {
    text,
    finish: done_reason === 'length' ? 'length' : 'complete',
    usage: isCounted ? { inputTokens: prompt_eval_count ?? 0, outputTokens: eval_count ?? 0 } : undefined,
  }
}
