import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { ProblemError } from './problem.ts'
import type { ServerEnv } from './server-env.ts'

/** Gives a request a signal that calls its work off when its time is over, or nobody waits any more; with what is then told of it. */
export function deadline(timeoutMs: number): MiddlewareHandler<ServerEnv> {
  return createMiddleware<ServerEnv>(async (c, next) => {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(tooSlow()), timeoutMs)
    timer.unref()
    c.req.raw.signal.addEventListener('abort', () => stop.abort(clientGone()), { once: true })
    c.set('signal', stop.signal)
    c.set('timeoutMs', timeoutMs)
    try {
      await next()
    } finally {
      // A stream has only begun.
      if (!c.res.headers.get('content-type')?.startsWith('text/event-stream')) clearTimeout(timer)
    }
  })
}

function tooSlow(): ProblemError {
  return new ProblemError({
    status: 504,
    code: 'timeout',
    title: 'The request took too long',
    detail: 'What it had begun to write is whole or not there. Make the same request again.',
  })
}

/** For logs and the audit trail: nobody is told any more. Not a status of RFC 9110, but what proxies use for it. */
function clientGone(): ProblemError {
  return new ProblemError({
    status: 499 as ProblemError['problem']['status'],
    code: 'client-gone',
    title: 'The client did not wait for the answer',
  })
}
