import type { GenerateRequest } from '../spec/index.ts'

const encoder = new TextEncoder()

/** How many tokens a request takes, roughly, from above: English has four bytes to a token, other scripts and JSON about three. */
export function roughTokens({ system, messages, schema }: GenerateRequest): number {
  const texts = [system, ...messages.map(({ content }) => content), schema === undefined ? '' : JSON.stringify(schema.json)]
  return Math.ceil(texts.reduce((bytes, text) => bytes + encoder.encode(text).length, 0) / 3)
}
