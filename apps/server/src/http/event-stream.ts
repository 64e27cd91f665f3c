import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { lasting } from './lasting.ts'
import { problemBody } from './problem.ts'
import { problemOf } from './problem-of.ts'
import type { ServerEnv } from './server-env.ts'

/** Sends an event, whose data are JSON. */
export type Send = (event: string, data: unknown) => Promise<void>

/** Whether events are asked for in place of one answer. */
export function wantsEvents(c: Context<ServerEnv>): boolean {
  return /\btext\/event-stream\b/.test(c.req.header('accept') ?? '')
}

/** How often somebody who waits for an event is told that there will be one, and proxies that the connection is in use. */
const mostQuietMs = 15_000

interface EventsOptions {
  /** Whose places are taken until the last event: those of all users, unless it costs next to nothing to wait. */
  readonly place: 'of the user' | 'of all'
  /** Is awaited before the problem is told that it failed with. */
  readonly failed?: (status: number) => Promise<void>
}

/**
 * Answers in server-sent events. Where the work fails, the last of them is `problem`.
 *
 * @param work its signal is aborted when nobody reads any more
 */
export function answerInEvents(
  c: Context<ServerEnv>,
  { place, failed }: EventsOptions,
  work: (send: Send, signal: AbortSignal) => Promise<void>,
): Response {
  const answered = (stream: SSEStreamingApi) =>
    lasting(c, place, async () => {
      const stop = new AbortController()
      stream.onAbort(() => stop.abort())
      const send: Send = (event, data) => stream.writeSSE({ event, data: JSON.stringify(data) })
      const alive = setInterval(() => void stream.write(':\n\n'), Math.min(mostQuietMs, c.var.timeoutMs / 2))
      try {
        await work(send, stop.signal)
      } catch (error) {
        const problem = problemOf(error)
        if (problem.status >= 500) c.var.brokenOff(error)
        await failed?.(problem.status)
        await send('problem', problemBody(problem))
      } finally {
        clearInterval(alive)
      }
    })
  // Who asks for the head reads no event.
  const response = c.req.method === 'HEAD' ? c.body(null, 200, { 'content-type': 'text/event-stream' }) : streamSSE(c, answered)
  response.headers.set('cache-control', 'no-store')
  return response
}
