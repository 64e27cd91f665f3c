/**
 * `fetch` that sends these headers and no others: the SDK adds what tells of the machine, and what `ANTHROPIC_CUSTOM_HEADERS` says. A redirect is not
 * followed: it would take the key and the text to another host.
 */
export function ownFetch(apiKey: string): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return (input, init) => {
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      // The version whose answers the SDK reads.
      'anthropic-version': new Headers(init?.headers).get('anthropic-version') ?? '',
      authorization: `Bearer ${apiKey}`,
    }
    return fetch(input, { ...init, headers, redirect: 'manual' })
  }
}
