import assert from 'node:assert/strict'
import { GraphMemError, type GraphStore, type Scope } from '@graphmem/core/spec'
import { build, bytesOf, segment } from '../record-builders.ts'
import { failureOf } from '../rejections.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

const sentinel = 'Xylophone-7391'

/** A record of each kind with the sentinel wherever text goes. */
const secrets = {
  episodes: [
    build.episodes('e1', {
      text: sentinel,
      title: sentinel,
      key: sentinel,
      source: sentinel,
      speaker: sentinel,
      tags: [sentinel],
      metadata: { [sentinel]: sentinel },
    }),
  ],
  chunks: [build.chunks('c1', { text: sentinel })],
  senses: [build.senses('s1', { key: sentinel, discriminator: sentinel, block: sentinel })],
  facts: [build.facts('f1', { object: { value: sentinel, valueType: 'text' } })],
  corrections: [build.corrections('k1', { reason: sentinel })],
}

export const errorCases: readonly StoreCase[] = themed('errors', [
  {
    id: 'error-without-text',
    behaviour: 'no error carries what is stored, or was to be: not in its message, its causes or its stack',
    async run({ store, scopes, graph }) {
      await write(graph, { put: secrets, putSegments: [segment('g1', 1, 1, bytesOf(sentinel))] })
      const errors = [
        await failureOf(() =>
          write(graph, { put: secrets, putSegments: [segment('g1', 1, 1, bytesOf(sentinel))] }, { expect: { version: 0 } }),
        ),
        await failureOf(() => store.open({ userId: `${sentinel}\u0000`, memoryId: 'a' } as unknown as Scope)),
        ...(await failuresOfBadWrites(store, scopes.other)),
      ]
      await store[Symbol.asyncDispose]()
      errors.push(await failureOf(() => write(graph, { put: secrets }, { expect: { version: 0 } })))
      errors.push(await failureOf(() => graph.episodesOfKeys([sentinel])))
      for (const error of errors) checkWithoutText(error)
    },
  },
  {
    id: 'error-of-library',
    behaviour: 'errors are of this library, with a code and a message that says more than the code',
    async run({ store, graph }) {
      const errors = [
        await failureOf(() => write(graph, { put: secrets }, { expect: { version: 5 } })),
        await failureOf(() => store.open({ userId: '', memoryId: 'a' } as unknown as Scope)),
      ]
      await store[Symbol.asyncDispose]()
      errors.push(await failureOf(() => graph.head()))
      for (const error of errors) {
        assert.ok(GraphMemError.is(error), String(error))
        assert.ok(error.message.length > 20 && error.message !== error.code, error.message)
      }
      assert.deepEqual(
        errors.map((error) => GraphMemError.is(error) && error.code),
        ['CONFLICT', 'SCOPE_INVALID', 'CLOSED'],
      )
    },
  },
])

/** Writes that break the contract: a store may take or refuse them, and must not spill them. */
async function failuresOfBadWrites(store: GraphStore, of: Scope): Promise<readonly unknown[]> {
  const circular: Record<string, unknown> = { text: sentinel }
  Object.assign(circular, { self: circular })
  const bad: readonly unknown[] = [
    { put: { episodes: [...secrets.episodes, ...secrets.episodes] } },
    { put: { episodes: [{ ...secrets.episodes[0], id: undefined }] } },
    { put: { episodes: [{ ...secrets.episodes[0], at: BigInt(7) }] } },
    { put: { chunks: [{ ...secrets.chunks[0], id: { sentinel } }] } },
    { put: { senses: [{ ...secrets.senses[0], key: undefined }] } },
    { put: { facts: [{ ...secrets.facts[0], object: circular }] } },
    { put: {}, putSegments: [{ id: sentinel, firstVersion: 'x', lastVersion: 1, bytes: sentinel }] },
  ]
  const errors: unknown[] = []
  for (const changes of bad) {
    const graph = store.open(of)
    await graph.erase()
    await graph
      .apply(changes as never, { applyId: 'bad', expect: { version: 0 }, generation: 'g1' })
      .catch((error: unknown) => errors.push(error))
    await graph.erase()
  }
  return errors
}

function checkWithoutText(error: unknown): void {
  for (let each = error, depth = 0; each !== undefined && depth < 10; depth++) {
    const { message = '', stack = '', cause } = each as Partial<Error>
    const fields = JSON.stringify(Object.entries(each as object).filter(([name]) => name !== 'cause'))
    for (const text of [message, stack, fields, String(each)])
      assert.ok(!text.includes(sentinel), `an error carries what is stored: ${text}`)
    each = cause
  }
}
