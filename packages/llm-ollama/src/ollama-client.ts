import { GraphMemError, modelFailure } from '@graphmem/core/spec'
import { Ollama } from 'ollama/browser'
import type { CheckedServer } from './ollama-options.ts'
import { wholeLines } from './whole-lines.ts'

export interface OllamaCall {
  readonly signal: AbortSignal | undefined
  readonly isStreamed: boolean
  readonly hasSchema: boolean
}

/**
 * The SDK for one call. It hands a signal on in streams alone, prints what it cannot read, and makes an error of what the server says: its `fetch` does
 * the first, and leaves nothing for the others.
 */
export function ollamaClient({ id, model, url, apiKey }: CheckedServer, { signal, isStreamed, hasSchema }: OllamaCall): Ollama {
  return new Ollama({
    host: url,
    ...(apiKey !== undefined && { headers: { Authorization: `Bearer ${apiKey}` } }),
    async fetch(input, init) {
      const signals = [signal, init?.signal].filter((each) => each instanceof AbortSignal)
      // A redirect is not followed: it would take the text to another host.
      const response = await fetch(input, { ...init, signal: AbortSignal.any(signals), redirect: 'manual' }).catch(() => {
        throw modelFailure({ model: id, status: undefined, remedy: 'Is Ollama running there? Start it: ollama serve' })
      })
      if (!response.ok) throw await refusal(id, model, response, hasSchema)
      return isStreamed && response.body !== null ? new Response(response.body.pipeThrough(wholeLines()), response) : response
    },
  })
}

async function refusal(id: string, name: string, response: Response, hasSchema: boolean): Promise<GraphMemError> {
  const { status, headers } = response
  // Read in any case, so that the connection is free again. What it says goes no further.
  const told = await response.text().catch(() => '')
  if (hasSchema && (status === 400 || status === 500) && /\bformat\b|schema|grammar/i.test(told)) {
    return new GraphMemError({
      code: 'MODEL_SCHEMA_REFUSED',
      retryable: true,
      message: `Cannot use ${id}: the server does not take the schema of the answer (${status}). Make the same call again: it goes without one.`,
    })
  }
  return modelFailure({ model: id, status, headers, ...(status === 404 && { remedy: `Pull it: ollama pull ${name}` }) })
}

/** What a call failed at, as it is told. */
export function ollamaFailure(id: string, error: unknown): GraphMemError {
  return GraphMemError.is(error) ? error : modelFailure({ model: id, status: undefined })
}
