import assert from 'node:assert/strict'
import { GraphMemError, type GraphMemErrorCode } from '@graphmem/core/spec'
import { failureOf } from '../rejections.ts'
import { planted, tellsNothing } from './planted.ts'
import type { ProviderDouble, Reply, WireReply } from './provider-double.ts'
import type { FailureWire, WireFailure } from './provider-wire.ts'

/** One failure of a provider, and the error it is to be. */
interface ExpectedFailure {
  readonly name: string
  readonly reply: (wire: FailureWire) => Reply
  readonly code: GraphMemErrorCode
  readonly retryable: boolean
  readonly retryAfterMs?: (given: number | undefined) => boolean
}

const nothing = (given: number | undefined): boolean => given === undefined

const told =
  (failure: WireFailure, headers: Readonly<Record<string, string>> = {}) =>
  (wire: FailureWire): WireReply => {
    const reply = wire.failure(failure, `${planted.told} ${planted.key} ${planted.prompt}`)
    return { ...reply, headers: { ...reply.headers, ...headers } }
  }

/** Groups of failures, each a case for language models and for embedders. */
export const expectedFailures: readonly {
  readonly id: string
  readonly behaviour: string
  readonly failures: readonly ExpectedFailure[]
}[] = [
  {
    id: 'limited',
    behaviour: 'says that the provider takes no more for now, and for how long, where that is known',
    failures: [
      { name: 'without a time', reply: told('limited'), code: 'MODEL_LIMITED', retryable: true, retryAfterMs: nothing },
      {
        name: 'with seconds',
        reply: told('limited', { 'retry-after': '7' }),
        code: 'MODEL_LIMITED',
        retryable: true,
        retryAfterMs: (given) => given === 7_000,
      },
      {
        name: 'with a date',
        reply: (wire) => told('limited', { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() })(wire),
        code: 'MODEL_LIMITED',
        retryable: true,
        retryAfterMs: (given) => given !== undefined && given > 3_000_000 && given <= 3_600_000,
      },
      {
        name: 'with what is no time',
        reply: told('limited', { 'retry-after': 'soon' }),
        code: 'MODEL_LIMITED',
        retryable: true,
        retryAfterMs: nothing,
      },
    ],
  },
  {
    id: 'denied',
    behaviour: 'says that the key is not accepted',
    failures: [
      { name: '401', reply: told('denied'), code: 'MODEL_DENIED', retryable: false },
      { name: '403', reply: told('forbidden'), code: 'MODEL_DENIED', retryable: false },
    ],
  },
  {
    id: 'unknown',
    behaviour: 'says that there is no such model',
    failures: [{ name: '404', reply: told('unknown'), code: 'MODEL_UNKNOWN', retryable: false }],
  },
  {
    id: 'input-refused',
    behaviour: 'says that the request is not taken, be it not as it should be or too long',
    failures: [
      { name: '400', reply: told('invalid'), code: 'MODEL_INPUT_REFUSED', retryable: false },
      { name: 'too long', reply: told('too-long'), code: 'MODEL_INPUT_REFUSED', retryable: false },
    ],
  },
  {
    id: 'unavailable',
    behaviour: 'says that the provider failed',
    failures: [
      { name: '500', reply: told('failed'), code: 'MODEL_UNAVAILABLE', retryable: true, retryAfterMs: nothing },
      { name: 'overloaded', reply: told('overloaded'), code: 'MODEL_UNAVAILABLE', retryable: true, retryAfterMs: nothing },
      {
        name: 'overloaded, with seconds',
        reply: told('overloaded', { 'retry-after': '2' }),
        code: 'MODEL_UNAVAILABLE',
        retryable: true,
        retryAfterMs: (given) => given === 2_000,
      },
      {
        name: 'a gateway that says so in HTML',
        reply: () => ({
          status: 502,
          headers: { 'content-type': 'text/html' },
          pieces: [`<html><body>${planted.told} ${planted.key}</body></html>`],
        }),
        code: 'MODEL_UNAVAILABLE',
        retryable: true,
      },
    ],
  },
  {
    id: 'connection-lost',
    behaviour: 'says that the connection failed where it is closed before any answer',
    failures: [{ name: 'reset', reply: () => 'reset', code: 'MODEL_UNAVAILABLE', retryable: true, retryAfterMs: nothing }],
  },
]

/** The call fails as expected, tells nothing, and is one request: nothing was tried again. */
export async function failsAs(
  expected: { readonly name: string } & Pick<ExpectedFailure, 'code' | 'retryable' | 'retryAfterMs'>,
  provider: ProviderDouble,
  call: () => Promise<unknown>,
): Promise<void> {
  const before = provider.requests.length
  const error = await failureOf(call, `the call (${expected.name})`)
  assert.ok(GraphMemError.is(error), `it fails with a GraphMemError (${expected.name})`)
  assert.equal(error.code, expected.code, `the code (${expected.name})`)
  assert.equal(error.retryable, expected.retryable, `whether the same call may succeed (${expected.name})`)
  if (expected.retryAfterMs !== undefined)
    assert.ok(expected.retryAfterMs(error.retryAfterMs), `how long to wait (${expected.name}): ${error.retryAfterMs}`)
  assert.equal(provider.requests.length - before, 1, `a call is one request (${expected.name})`)
  tellsNothing(error)
}
