import { GraphMemError } from '@graphmem/core/spec'

/** What a call answers or fails with, as one text: equal answers are equal texts, whatever the order of their fields. */
export async function told(call: () => Promise<unknown>): Promise<string> {
  try {
    return asText(await call())
  } catch (error) {
    if (!GraphMemError.is(error)) return asText({ threw: String(error) })
    const { code, message, field, retryable } = error
    return asText({ code, message, field, retryable })
  }
}

export function asText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value, (_key, each: unknown) => {
    if (each instanceof Uint8Array) return { bytes: Buffer.from(each).toString('hex') }
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
  return text ?? 'nothing'
}
