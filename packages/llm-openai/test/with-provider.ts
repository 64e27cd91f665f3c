import { type ProviderDouble, type Reply, startProviderDouble } from '@graphmem/testkit'
import { onTestFinished, vi } from 'vitest'

/** A double of a provider for one test. */
export async function provider(...replies: readonly Reply[]): Promise<ProviderDouble> {
  const started = await startProviderDouble()
  onTestFinished(() => started[Symbol.asyncDispose]())
  started.reply(...replies)
  return started
}

const realFetch = globalThis.fetch

/** OpenAI's own address is not to be set: what goes there is led to the double. */
export function leadOpenAITo(url: string): void {
  vi.stubGlobal('fetch', (to: URL | string, init?: RequestInit) => realFetch(String(to).replace('https://api.openai.com', url), init))
}
