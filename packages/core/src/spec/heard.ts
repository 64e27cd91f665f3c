/**
 * The pieces of a provider's stream, up to its failure, which `fail` puts into an error of ours. What the one who takes a piece throws is no failure of the
 * stream, and closes it. Some SDKs end an aborted stream as if it were over.
 */
export async function* heard<T>(
  pieces: AsyncIterable<T>,
  signal: AbortSignal | undefined,
  fail: (error: unknown) => never,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* pieces
  } catch (error) {
    fail(error)
  }
  signal?.throwIfAborted()
}
