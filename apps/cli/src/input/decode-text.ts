import { addAbortSignal, type Readable } from 'node:stream'
import { refusal } from '../refusal.ts'

/**
 * Decodes bytes as UTF-8, piece by piece. `what` names the input in the error.
 *
 * @throws GraphMemError `INPUT_INVALID` for bytes that are no text.
 */
export async function* decodeText(bytes: Readable, what: string, signal: AbortSignal): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of addAbortSignal(signal, bytes)) {
      yield checked(decoder.decode(piece, { stream: true }))
    }
    yield checked(decoder.decode())
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof TypeError) throw refusal('paths', `${what} is not text: it is not in UTF-8.`, cause)
    if (isSystemError(cause)) throw refusal('paths', `${what} cannot be read: ${cause.code}.`, cause)
    throw cause
  }

  function checked(text: string): string {
    if (text.includes('\0')) throw refusal('paths', `${what} is not text: it has a NUL byte.`)
    return text
  }
}

/** The lines of a decoded text, without their ends. */
export async function* textLines(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
