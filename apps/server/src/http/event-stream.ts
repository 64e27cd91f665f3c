import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { problemBody } from './problem.ts'
import { problemOf } from './problem-of.ts'
import type { ServerEnv } from './server-env.ts'

/** Sends an event, whose data are JSON. */
export type Send = (event: string, data: unknown) => Promise<void>

/** Whether events are asked for in place of one answer. */
export function wantsEvents(c: Context<ServerEnv>): boolean {
  return /\btext\/event-stream\b/.test(c.req.header('accept') ?? '')
}

/**
 * Answers in server-sent events. Where the work fails, the last of them is `problem`.
 *
 * @param work its signal is aborted when nobody reads any more
 * @param failed is awaited before the problem is told
 */
export function answerInEvents(
  c: Context<ServerEnv>,
  work: (send: Send, signal: AbortSignal) => Promise<void>,
  failed: (status: number) => Promise<void> = async () => undefined,
): Response {
  return streamSSE(c, async (stream) => {
    const stop = new AbortController()
    stream.onAbort(() => stop.abort())
    const send: Send = (event, data) => stream.writeSSE({ event, data: JSON.stringify(data) })
    try {
      await work(send, stop.signal)
    } catch (error) {
      const problem = problemOf(error)
      if (problem.status >= 500) c.var.brokenOff(error)
      await failed(problem.status)
      await send('problem', problemBody(problem))
    }
  })
}
