import type { GenerateRequest } from '../spec/index.ts'

/** What a request may take, in tokens. */
export interface TokenBound {
  /** A bound: the bytes of all that is sent, and some for the frame around each part. No tokenizer makes more tokens than bytes. */
  readonly inputTokens: number
  readonly outputTokens: number
}

const frameTokens = 16
/** What providers tell a model of the form of its answer, on top of the form itself. */
const formTokens = 512
const encoder = new TextEncoder()

export function boundOf(request: GenerateRequest): TokenBound {
  const form = request.schema === undefined ? 0 : formTokens
  return { inputTokens: boundOfTexts(textsOf(request)) + form, outputTokens: request.maxOutputTokens }
}

function textsOf({ system, messages, schema }: GenerateRequest): readonly string[] {
  return [system, ...messages.map(({ content }) => content), ...(schema === undefined ? [] : [schema.name, JSON.stringify(schema.json)])]
}

export function boundOfTexts(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + encoder.encode(text).length + frameTokens, 0)
}

/** What as many bytes usually make, roughly, from above: English has four to a token, other scripts about three. */
export function tokensOfBytes(bytes: number): number {
  return Math.ceil(bytes / 3)
}

export function tokensOfText(text: string): number {
  return tokensOfBytes(encoder.encode(text).length)
}

/** What a request usually takes, roughly, from above. */
export function tokensOfRequest(request: GenerateRequest): number {
  return tokensOfText(textsOf(request).join(''))
}
