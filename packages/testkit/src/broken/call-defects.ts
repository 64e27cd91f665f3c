import { type CallOptions, GraphMemError, unlessAborted } from '@graphmem/core/spec'
import { planted } from '../provider/planted.ts'

/** What goes wrong in a call of a provider, whatever it is for. */
export interface CallDefect {
  readonly name: string
  readonly does: string
  /** The ids of the cases that it fails, of language models and of embedders. */
  readonly fails: readonly string[]
  readonly call: <T>(send: (options: CallOptions) => Promise<T>, options: CallOptions) => Promise<T>
}

const failures = [
  'limited',
  'denied',
  'unknown',
  'input-refused',
  'unavailable',
  'connection-lost',
  'malformed',
  'cut',
  'failure-in-stream',
]
const everyFailure = [...failures, 'server-gone', 'schema-refused', 'dimensions', 'vector-missing']
const signals = ['signal-waiting', 'signal-half', 'signal-streaming']

/** A call whose failures are told otherwise; an end by the signal is none. */
function failing(retold: (error: GraphMemError) => unknown): CallDefect['call'] {
  return (send, options) =>
    send(options).catch((error: unknown) => {
      throw GraphMemError.is(error) && !options.signal?.aborted ? retold(error) : error
    })
}

const like = ({ code, message, retryable, retryAfterMs }: GraphMemError) => ({
  code,
  message,
  retryable,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})

export const callDefects: readonly CallDefect[] = [
  {
    name: 'tries-again',
    does: 'tries again by itself what may succeed then',
    fails: ['limited', 'unavailable', 'connection-lost', 'malformed', 'cut', 'failure-in-stream', 'schema-refused'],
    call: (send, options) =>
      send(options).catch((error: unknown) => {
        if (GraphMemError.is(error) && error.retryable && !options.signal?.aborted) return send(options)
        throw error
      }),
  },
  {
    name: 'tells-the-prompt',
    does: 'repeats in its errors what was asked',
    fails: everyFailure,
    call: failing((error) => new GraphMemError({ ...like(error), message: `${error.message} Asked: ${planted.prompt}` })),
  },
  {
    name: 'tells-the-key',
    does: 'hangs the request, with its key, on its errors',
    fails: everyFailure,
    call: failing((error) => Object.assign(error, { request: { headers: { authorization: `Bearer ${planted.key}` } } })),
  },
  {
    name: 'tells-what-it-was-told',
    does: "has the provider's words as the cause of its errors",
    fails: everyFailure,
    call: failing((error) => new GraphMemError({ ...like(error), cause: new Error('the provider failed', { cause: planted.told }) })),
  },
  {
    name: 'fails-as-its-driver',
    does: 'throws the errors of its driver',
    fails: everyFailure,
    call: failing(() => new Error('failed')),
  },
  {
    name: 'one-code-for-all',
    does: 'takes every failure for one that passes',
    fails: ['limited', 'denied', 'unknown', 'input-refused', 'schema-refused', 'dimensions', 'vector-missing'],
    call: failing((error) => new GraphMemError({ ...like(error), code: 'MODEL_UNAVAILABLE', retryable: true })),
  },
  {
    name: 'never-again',
    does: 'says of no failure that the same call may succeed',
    fails: ['limited', 'unavailable', 'connection-lost', 'malformed', 'cut', 'failure-in-stream', 'server-gone', 'schema-refused'],
    call: failing((error) => new GraphMemError({ ...like(error), retryable: false })),
  },
  {
    name: 'loses-the-wait',
    does: 'does not say how long to wait',
    fails: ['limited', 'unavailable'],
    call: failing(({ code, message, retryable }) => new GraphMemError({ code, message, retryable })),
  },
  {
    name: 'invents-a-wait',
    does: 'says a second where the provider says no time',
    fails: ['limited', 'unavailable', 'connection-lost'],
    call: failing((error) => new GraphMemError({ ...like(error), retryAfterMs: error.retryAfterMs ?? 1_000 })),
  },
  {
    name: 'ignores-signals',
    does: 'goes on when it is told not to',
    fails: ['signal-before', ...signals],
    call: (send) => send({}),
  },
  {
    name: 'asks-first',
    does: 'looks at the signal when it has asked',
    fails: ['signal-before'],
    call: (send, options) => (options.signal?.aborted ? send({}).then(() => Promise.reject(options.signal?.reason)) : send(options)),
  },
  {
    name: 'leaves-the-connection',
    does: 'gives up when it is told to, and leaves the connection open',
    fails: signals,
    async call(send, { signal }) {
      signal?.throwIfAborted()
      return unlessAborted(send({}), signal)
    },
  },
  {
    name: 'own-reason',
    does: 'rejects with an error of its own when it is told to stop',
    fails: ['signal-before', ...signals],
    call: (send, options) =>
      send(options).catch((error: unknown) => {
        throw options.signal?.aborted ? new Error('Request was aborted.') : error
      }),
  },
]
