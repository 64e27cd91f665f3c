import type { CallOptions } from '@graphmem/core/spec'
import { RequestFailure } from './request-failure.ts'

export interface ServerRequestOptions extends CallOptions {
  readonly timeoutMs: number
}

/**
 * A `fetch` for one call: it ends with the call's signal, and by a time-out, and reads the whole answer. Redirections are not followed, since
 * they would take what is sent to a server that nobody named.
 *
 * @throws RequestFailure `TIMEOUT`, `UNREACHABLE`, `CERTIFICATE` or `HTTP_` and a status; the signal's reason
 */
export function serverRequest({ signal, timeoutMs }: ServerRequestOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(request, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout, redirect: 'error' })
      if (!response.ok) {
        await response.body?.cancel()
        throw new RequestFailure(`HTTP_${response.status}`)
      }
      return new Response(await response.arrayBuffer(), { headers: { 'content-type': 'application/json' } })
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof RequestFailure) throw error
      throw new RequestFailure(timeout.aborted ? 'TIMEOUT' : isOfCertificate(error) ? 'CERTIFICATE' : 'UNREACHABLE')
    }
  }
}

/** By the codes of OpenSSL and of Node: `CERT_HAS_EXPIRED`, `DEPTH_ZERO_SELF_SIGNED_CERT`, `ERR_TLS_CERT_ALTNAME_INVALID`, `ERR_SSL_…`. */
function isOfCertificate(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && /CERT|SSL|TLS|UNABLE_TO_(GET|VERIFY)/.test(String(cause.code))
}
