/** Disposes of each, also when another fails, and then rejects with the first failure. */
export async function disposeAll(parts: readonly AsyncDisposable[]): Promise<void> {
  const results = await Promise.allSettled(parts.map(async (part) => part[Symbol.asyncDispose]()))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
