import assert from 'node:assert/strict'
import { rejectsWithCode, rejectsWithReason } from '../rejections.ts'
import { endsBySignal } from './abandoned.ts'
import { expectedFailures, failsAs } from './failures.ts'
import type { EmbedderCase } from './model-case.ts'
import { nobodyListens } from './nobody-listens.ts'
import { planted, tellsNothing } from './planted.ts'
import { halfOf, malformedReplies } from './wire-replies.ts'

const texts = [`first ${planted.prompt}`, 'second: Zoë 🦉\n"Łódź"', 'third']

/** A vector that points along one axis, three long. */
function along(axis: number, dimensions: number): readonly number[] {
  return Array.from({ length: dimensions }, (_, place) => (place === axis ? 3 : 0))
}

const axes = (dimensions: number, count: number = texts.length) =>
  Array.from({ length: count }, (_, place) => along(place % dimensions, dimensions))

const unavailable = { code: 'MODEL_UNAVAILABLE', retryable: true } as const

/** What every remote embedder does. */
export const embedderCases: readonly EmbedderCase[] = [
  {
    id: 'contract',
    behaviour: 'says its id, its dimensions, how many texts it takes at once, and the version of the spec',
    async run({ embedder, under }) {
      assert.equal(embedder.specVersion, 1)
      assert.equal(embedder.id, under.id)
      assert.equal(embedder.dimensions, under.dimensions)
      assert.ok(Number.isInteger(embedder.remote?.maxTexts) && Number(embedder.remote?.maxTexts) >= 1)
    },
  },
  {
    id: 'request-sent',
    behaviour: 'sends the model and the texts in their order, as they are, in one request',
    async run({ embedder, provider, under: { wire, dimensions, id, model } }) {
      provider.reply(wire.vectors(axes(dimensions), 5))
      await embedder.embed(texts)
      const [recorded, ...more] = provider.requests
      assert.ok(recorded !== undefined && more.length === 0, 'a call is one request')
      const sent = wire.read(recorded)
      assert.deepEqual(sent.texts, texts)
      assert.equal(sent.model, model ?? id.slice(id.indexOf(':') + 1))
    },
  },
  {
    id: 'key-sent',
    behaviour: 'sends the key in a header, and nowhere else',
    applies: ({ hasKey = true }) => hasKey,
    async run({ embedder, provider, under: { wire, dimensions } }) {
      provider.reply(wire.vectors(axes(dimensions), 5))
      await embedder.embed(texts)
      const [recorded] = provider.requests
      assert.equal(recorded && wire.read(recorded).key, planted.key)
      assert.ok(!JSON.stringify([recorded?.path, recorded?.body]).includes(planted.key), 'the key is in a header only')
    },
  },
  {
    id: 'vectors',
    behaviour: 'gives one vector a text, in their order',
    async run({ embedder, provider, under: { wire, dimensions } }) {
      const expected = texts.map((_, axis) => Float32Array.from(along(axis, dimensions), (value) => value / 3))
      const replies = [wire.vectors(axes(dimensions), 5), wire.backwards?.(axes(dimensions))]
      for (const reply of replies) {
        if (reply === undefined) continue
        provider.reply(reply)
        assert.deepEqual(await embedder.embed(texts), expected)
      }
    },
  },
  {
    id: 'unit-length',
    behaviour: 'gives vectors of unit length, whatever length the server gives; a zero vector stays one',
    async run({ embedder, provider, under: { wire, dimensions } }) {
      const rest = new Array<number>(dimensions - 4).fill(0)
      provider.reply(wire.vectors([[3, -4, 0, 0, ...rest], [1e-6, 0, 0, 0, ...rest], new Array<number>(dimensions).fill(0)], 5))
      const [first, second, zero] = await embedder.embed(texts)
      assert.ok(first !== undefined && second !== undefined && zero !== undefined)
      assert.deepEqual([...first.slice(0, 2)], [Math.fround(0.6), Math.fround(-0.8)])
      assert.equal(second[0], 1)
      assert.deepEqual([...zero], new Array<number>(dimensions).fill(0))
    },
  },
  {
    id: 'dimensions',
    behaviour: 'refuses vectors of another length than it says, or of what are no numbers',
    async run({ embedder, provider, under: { wire, dimensions, sdkReadsVectors = false } }) {
      const changed = (at: number, change: (vector: readonly number[]) => readonly unknown[]) =>
        wire.vectors(
          axes(dimensions).map((vector, place) => (place === at ? change(vector) : vector)),
          5,
        )
      const ofAnotherLength = [wire.vectors(axes(dimensions - 1), 5), wire.vectors(axes(dimensions + 1), 5), changed(1, () => [])]
      const ofNoNumbers = [
        changed(1, (vector) => vector.map(() => null)),
        changed(2, (vector) => vector.map(String)),
        wire.base64?.(axes(dimensions)) ?? [],
      ].flat()
      const invalid = { code: 'ADAPTER_INVALID', retryable: false } as const
      for (const [replies, expected] of [
        [ofAnotherLength, invalid],
        [ofNoNumbers, sdkReadsVectors ? unavailable : invalid],
      ] as const) {
        for (const [place, reply] of replies.entries()) {
          provider.reply(reply)
          await failsAs({ ...expected, name: `reply ${place}` }, provider, () => embedder.embed(texts))
        }
      }
    },
  },
  {
    id: 'vector-missing',
    behaviour: 'refuses fewer vectors, or more, than there are texts',
    async run({ embedder, provider, under: { wire, dimensions } }) {
      for (const count of [0, 2, 4]) {
        provider.reply(wire.vectors(axes(dimensions, count), 5))
        await failsAs({ name: `${count} vectors`, code: 'ADAPTER_INVALID', retryable: false }, provider, () => embedder.embed(texts))
      }
    },
  },
  {
    id: 'empty-text',
    behaviour: 'gives a zero vector for an empty text, without asking for it',
    async run({ embedder, provider, under: { wire, dimensions } }) {
      provider.reply(wire.vectors(axes(dimensions, 2), 5))
      const vectors = await embedder.embed(['', 'first', ' \n\t', 'second'])
      assert.deepEqual(
        vectors.map((vector) => [...vector].map((value) => value > 0).indexOf(true)),
        [-1, 0, -1, 1],
      )
      assert.deepEqual(
        vectors.map((vector) => vector.length),
        new Array<number>(4).fill(dimensions),
      )
      const [recorded] = provider.requests
      assert.deepEqual(recorded && wire.read(recorded).texts, ['first', 'second'])
    },
  },
  {
    id: 'nothing-to-embed',
    behaviour: 'makes no request where there is nothing to embed',
    async run({ embedder, provider, under: { dimensions } }) {
      assert.deepEqual(await embedder.embed([]), [])
      assert.deepEqual(await embedder.embed(['', '']), [new Float32Array(dimensions), new Float32Array(dimensions)])
      assert.equal(provider.requests.length, 0)
    },
  },
  {
    id: 'many-texts',
    behaviour: 'takes as many texts at once as it says',
    async run({ embedder, provider, under: { wire, dimensions } }) {
      const count = embedder.remote?.maxTexts ?? 0
      provider.reply(wire.vectors(axes(dimensions, count), count))
      const vectors = await embedder.embed(Array.from({ length: count }, (_, place) => `text ${place}`))
      assert.deepEqual(
        vectors.map((vector) => vector.indexOf(1)),
        Array.from({ length: count }, (_, place) => place % dimensions),
      )
      assert.equal(provider.requests.length, 1)
    },
  },
  {
    id: 'usage',
    behaviour: 'says once how many tokens a request took, and nothing where the server says nothing',
    async run({ embedder, provider, under: { wire, dimensions } }) {
      const told: unknown[] = []
      const onUsage = (usage: unknown) => void told.push(usage)
      provider.reply(wire.vectors(axes(dimensions), undefined), wire.vectors(axes(dimensions), 12))
      await embedder.embed(texts, { onUsage })
      assert.deepEqual(told, [])
      await embedder.embed(texts, { onUsage })
      assert.deepEqual(told, [{ inputTokens: 12, outputTokens: 0 }])
    },
  },
  ...expectedFailures.map(
    ({ id, behaviour, failures }): EmbedderCase => ({
      id,
      behaviour,
      async run({ embedder, provider, under: { wire } }) {
        for (const expected of failures) {
          provider.reply(expected.reply(wire))
          await failsAs(expected, provider, () => embedder.embed(texts))
        }
      },
    }),
  ),
  {
    id: 'server-gone',
    behaviour: 'says that the connection failed where nobody listens',
    async run({ under }) {
      const embedder = await under.create(nobodyListens)
      const error = await rejectsWithCode('MODEL_UNAVAILABLE', () => embedder.embed(texts))
      assert.equal(error.retryable, true)
      tellsNothing(error)
    },
  },
  {
    id: 'malformed',
    behaviour: 'takes what is no answer of a provider for a failure of it',
    async run({ embedder, provider }) {
      for (const [place, reply] of malformedReplies.entries()) {
        provider.reply(reply)
        await failsAs({ ...unavailable, name: `form ${place}` }, provider, () => embedder.embed(texts))
      }
    },
  },
  {
    id: 'cut',
    behaviour: 'takes an answer that stops in the middle for a failure, however it stops',
    async run({ embedder, provider, under: { wire, dimensions } }) {
      for (const ending of ['cut', 'end'] as const) {
        provider.reply(halfOf(wire.vectors(axes(dimensions), 5), ending))
        await failsAs({ ...unavailable, name: ending }, provider, () => embedder.embed(texts))
      }
    },
  },
  {
    id: 'signal-before',
    behaviour: 'sends nothing for a signal that was aborted before, and rejects with its reason',
    async run({ embedder, provider, under: { wire, dimensions } }) {
      provider.reply(wire.vectors(axes(dimensions), 5))
      const reason = new Error('enough')
      await rejectsWithReason(reason, () => embedder.embed(texts, { signal: AbortSignal.abort(reason) }))
      // A request that was on its way would be there by the time the next one is answered.
      await embedder.embed(texts)
      assert.equal(provider.requests.length, 1)
    },
  },
  {
    id: 'signal-waiting',
    behaviour: 'closes the connection when it is told to while no answer comes',
    async run({ embedder, provider }) {
      provider.reply('silence')
      await endsBySignal(provider, (signal) => embedder.embed(texts, { signal }))
    },
  },
  {
    id: 'signal-half',
    behaviour: 'closes the connection when it is told to in the middle of an answer',
    async run({ embedder, provider, under: { wire, dimensions } }) {
      provider.reply(halfOf(wire.vectors(axes(dimensions), 5), 'stall'))
      await endsBySignal(provider, (signal) => embedder.embed(texts, { signal }))
    },
  },
]
