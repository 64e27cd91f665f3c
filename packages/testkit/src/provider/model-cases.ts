import assert from 'node:assert/strict'
import type { GenerateOptions, GenerateRequest, Generation } from '@graphmem/core/spec'
import { rejectsWithCode, rejectsWithReason } from '../rejections.ts'
import { endsBySignal, settled } from './abandoned.ts'
import { expectedFailures, failsAs } from './failures.ts'
import type { ModelCase, ModelContext } from './model-case.ts'
import { nobodyListens } from './nobody-listens.ts'
import { planted, tellsNothing } from './planted.ts'
import type { RecordedRequest, WireReply } from './provider-double.ts'
import type { SentToModel, WireAnswer } from './provider-wire.ts'
import { cutAnew, halfOf, malformedReplies } from './wire-replies.ts'

const request: GenerateRequest = {
  system: `You read texts. ${planted.prompt}`,
  messages: [{ role: 'user', content: `Who is Zoë? ${planted.prompt}` }],
  maxOutputTokens: 321,
}

const schema = {
  name: 'answer_of_case',
  json: {
    type: 'object',
    properties: { names: { type: 'array', items: { type: 'string' } }, sure: { type: 'boolean' } },
    required: ['names', 'sure'],
    additionalProperties: false,
  },
}
const underSchema: GenerateRequest = { ...request, schema }

const text = 'Zoë is an engineer from Łódź, and keeps an owl 🦉 in a tower of 3 floors.\n"Yes," she says: {"a": 1}.'
const usage = { inputTokens: 100, outputTokens: 7 }

/** A wire's answer to whatever is asked, streamed if that was asked for. */
function answer({ under: { wire } }: ModelContext, given: Partial<WireAnswer> = {}): (recorded: RecordedRequest) => WireReply {
  return (recorded) => {
    const { streamed, schema: sent } = wire.read(recorded)
    return wire.answer({ text, finish: 'complete', usage, streamed, schemaName: sent?.name, ...given })
  }
}

interface Told {
  readonly generation: Generation
  readonly pieces: readonly string[]
  readonly sent: SentToModel
}

async function generate(context: ModelContext, asked: GenerateRequest = request, options: GenerateOptions = {}): Promise<Told> {
  const { model, provider, under } = context
  const before = provider.requests.length
  const pieces: string[] = []
  const generation = await model.generate(asked, {
    ...options,
    ...(options.onText && { onText: (piece: string) => void pieces.push(piece) }),
  })
  const [recorded, ...more] = provider.requests.slice(before)
  assert.ok(recorded !== undefined && more.length === 0, 'a call is one request')
  return { generation, pieces, sent: under.wire.read(recorded) }
}

const streamed: GenerateOptions = { onText: () => undefined }

/** Both ways to call. */
const ways = [
  { name: 'whole', options: {} },
  { name: 'streamed', options: streamed },
] as const

const unavailable = { code: 'MODEL_UNAVAILABLE', retryable: true } as const

/** What every language model does. */
export const modelCases: readonly ModelCase[] = [
  {
    id: 'contract',
    behaviour: 'says its id, of provider and model, and the version of the spec',
    async run({ model, under }) {
      assert.equal(model.specVersion, 1)
      assert.equal(model.id, under.id)
    },
  },
  {
    id: 'request-sent',
    behaviour: 'sends the model, the system text, the messages in their order and the limit, as they are, and no schema of its own',
    async run(context) {
      const { provider, under } = context
      provider.reply(answer(context))
      const asked: GenerateRequest = {
        system: 'You read texts.\nAnswer in "JSON": {"a": 1}. Zoë 🦉',
        messages: [
          { role: 'user', content: ' Who?\n\n\tZoë 🦉, "Łódź" </text> {{x}} ' },
          { role: 'assistant', content: 'Whom do you mean?' },
          { role: 'user', content: 'All.' },
        ],
        maxOutputTokens: 77,
      }
      for (const { options } of ways) {
        const { sent } = await generate(context, asked, options)
        assert.equal(sent.model, under.model ?? under.id.slice(under.id.indexOf(':') + 1))
        assert.equal(sent.system, asked.system)
        assert.deepEqual(
          sent.messages.map(({ role, content }) => ({ role, content })),
          asked.messages,
        )
        assert.equal(sent.maxOutputTokens, 77)
        assert.equal(sent.schema, undefined)
      }
    },
  },
  {
    id: 'key-sent',
    behaviour: 'sends the key in a header, and nowhere else',
    applies: ({ hasKey = true }) => hasKey,
    async run(context) {
      context.provider.reply(answer(context))
      const { sent } = await generate(context)
      assert.equal(sent.key, planted.key)
      const [recorded] = context.provider.requests
      assert.ok(!JSON.stringify([recorded?.path, recorded?.body]).includes(planted.key), 'the key is in a header only')
    },
  },
  {
    id: 'answer',
    behaviour: 'gives the text and the tokens of a whole answer',
    async run(context) {
      context.provider.reply(answer(context))
      const { generation } = await generate(context)
      assert.equal(generation.text, text)
      assert.equal(generation.finish, 'complete')
      assert.equal(generation.usage?.inputTokens, usage.inputTokens)
      assert.equal(generation.usage?.outputTokens, usage.outputTokens)
    },
  },
  {
    id: 'schema',
    behaviour: 'sends the schema, and gives the answer under it as JSON',
    async run(context) {
      const wanted = { names: ['Zoë', 'O"Hara 🦉'], sure: true }
      context.provider.reply(answer(context, { text: JSON.stringify(wanted) }))
      for (const { options } of ways) {
        const { generation, pieces, sent } = await generate(context, underSchema, options)
        assert.deepEqual({ ...schema, ...sent.schema }, schema)
        assert.deepEqual(sent.schema?.json, schema.json)
        assert.deepEqual(JSON.parse(generation.text), wanted)
        assert.equal(generation.finish, 'complete')
        if (options === streamed) assert.equal(pieces.join(''), generation.text)
      }
    },
  },
  {
    id: 'schema-refused',
    behaviour: 'says once that the server takes no schema, and goes on without one',
    applies: ({ wire }) => wire.schemaRefusal !== undefined,
    async run(context) {
      const { provider, under, model } = context
      const refusals = [under.wire.schemaRefusal?.(`${planted.told} ${planted.key} ${planted.prompt}`) ?? []].flat()
      assert.ok(refusals.length > 0)
      provider.reply(...refusals, answer(context, { text: '{}' }))
      for (const _ of refusals)
        await failsAs({ name: 'schema', code: 'MODEL_SCHEMA_REFUSED', retryable: true }, provider, () => model.generate(underSchema))
      for (let time = 0; time < 2; time += 1) {
        const { generation, sent } = await generate(context, underSchema)
        assert.equal(sent.schema, undefined)
        assert.equal(generation.text, '{}')
      }
    },
  },
  {
    id: 'cut-off',
    behaviour: 'gives what there is of an answer that the limit cut off, and says so',
    async run(context) {
      context.provider.reply(answer(context, { finish: 'length' }))
      for (const { options } of ways) {
        const { generation } = await generate(context, request, options)
        assert.equal(generation.finish, 'length')
        assert.equal(generation.text, text)
      }
    },
  },
  {
    id: 'refused',
    behaviour: 'says that the model would not answer, in whatever form the provider says it',
    applies: ({ wire }) => wire.refusals(false).length > 0,
    async run(context) {
      for (const { name, options } of ways) {
        const forms = context.under.wire.refusals(name === 'streamed')
        for (const [place, form] of forms.entries()) {
          context.provider.reply(form)
          const { generation } = await generate(context, request, options)
          assert.equal(generation.finish, 'refused', `form ${place} of a refusal (${name})`)
        }
      }
    },
  },
  {
    id: 'usage-unknown',
    behaviour: 'says nothing of tokens where the server says nothing',
    async run(context) {
      context.provider.reply(answer(context, { usage: undefined }))
      for (const { options } of ways) {
        const { generation } = await generate(context, request, options)
        assert.equal(generation.usage, undefined)
        assert.equal(generation.text, text)
      }
    },
  },
  {
    id: 'usage-cached',
    behaviour: 'counts the tokens of a cache among those that went in, and says how many they are',
    applies: ({ wire }) => wire.counts.length > 0,
    async run(context) {
      const { counts } = context.under.wire
      const counted = {
        ...usage,
        ...(counts.includes('cachedInputTokens') && { cachedInputTokens: 40 }),
        ...(counts.includes('cacheWriteTokens') && { cacheWriteTokens: 25 }),
      }
      context.provider.reply(answer(context, { usage: counted }))
      for (const { options } of ways) {
        const { generation } = await generate(context, request, options)
        assert.deepEqual({ ...generation.usage }, counted)
      }
    },
  },
  {
    id: 'streamed',
    behaviour: 'streams where pieces are asked for; joined they are the text, and the tokens are counted',
    async run(context) {
      context.provider.reply(answer(context))
      const { generation, pieces, sent } = await generate(context, request, streamed)
      assert.equal(sent.streamed, true)
      assert.equal(generation.text, text)
      assert.equal(pieces.join(''), text)
      assert.ok(pieces.length > 1, 'a long answer comes in pieces')
      assert.equal(generation.finish, 'complete')
      assert.equal(generation.usage?.inputTokens, usage.inputTokens)
      assert.equal(generation.usage?.outputTokens, usage.outputTokens)
    },
  },
  {
    id: 'streamed-cut-anew',
    behaviour: 'reads a stream whole however the network cuts it',
    async run(context) {
      context.provider.reply((recorded) => cutAnew(answer(context)(recorded)))
      const { generation, pieces } = await generate(context, request, streamed)
      assert.equal(generation.text, text)
      assert.equal(pieces.join(''), text)
    },
  },
  {
    id: 'streamed-at-once',
    behaviour: 'hands a piece over when it comes, not when all is there',
    async run(context) {
      const { model, provider } = context
      provider.reply((recorded) => halfOf(answer(context)(recorded), 'stall'))
      const { promise: handedOver, resolve } = Promise.withResolvers<string>()
      const controller = new AbortController()
      const calling = model.generate(request, { signal: controller.signal, onText: resolve })
      calling.catch(() => undefined)
      const first = await settled(handedOver, provider, 'a piece is handed over')
      controller.abort()
      assert.ok(text.startsWith(first))
    },
  },
  {
    id: 'calls-apart',
    behaviour: 'answers calls that are made at once each with its own',
    async run({ model, provider, under: { wire } }) {
      provider.reply((recorded) => {
        const { messages, streamed: isStreamed } = wire.read(recorded)
        return wire.answer({
          text: `You said: ${messages[0]?.content}`,
          finish: 'complete',
          usage,
          streamed: isStreamed,
          schemaName: undefined,
        })
      })
      const names = ['one', 'two', 'three', 'four']
      const generations = await Promise.all(names.map((content) => model.generate({ ...request, messages: [{ role: 'user', content }] })))
      assert.deepEqual(
        generations.map((each) => each.text),
        names.map((name) => `You said: ${name}`),
      )
    },
  },
  ...expectedFailures.map(
    ({ id, behaviour, failures }): ModelCase => ({
      id,
      behaviour,
      async run({ model, provider, under: { wire } }) {
        for (const expected of failures) {
          provider.reply(expected.reply(wire))
          for (const { name, options } of ways)
            await failsAs({ ...expected, name: `${expected.name}, ${name}` }, provider, () => model.generate(request, options))
        }
      },
    }),
  ),
  {
    id: 'server-gone',
    behaviour: 'says that the connection failed where nobody listens',
    async run({ under }) {
      const model = await under.create(nobodyListens)
      for (const { options } of ways) {
        const error = await rejectsWithCode('MODEL_UNAVAILABLE', () => model.generate(request, options))
        assert.equal(error.retryable, true)
        tellsNothing(error)
      }
    },
  },
  {
    id: 'malformed',
    behaviour: 'takes what is no answer of a provider for a failure of it',
    async run({ model, provider }) {
      for (const [place, reply] of malformedReplies.entries()) {
        provider.reply(reply)
        for (const { name, options } of ways)
          await failsAs({ ...unavailable, name: `form ${place}, ${name}` }, provider, () => model.generate(request, options))
      }
    },
  },
  {
    id: 'cut',
    behaviour: 'takes an answer that stops in the middle for a failure, however it stops',
    async run(context) {
      const { model, provider } = context
      for (const ending of ['cut', 'end'] as const) {
        for (const { name, options } of ways) {
          const said = `${planted.told} and so on, for as many words as make a stream of several pieces of them`
          provider.reply((recorded) => halfOf(answer(context, { text: said })(recorded), ending))
          await failsAs({ ...unavailable, name: `${name}, ${ending}` }, provider, () => model.generate(request, options))
        }
      }
    },
  },
  {
    id: 'failure-in-stream',
    behaviour: 'fails where the provider says in the middle of a stream that it failed',
    async run({ model, provider, under: { wire } }) {
      provider.reply(wire.failureInStream('A first piece', `${planted.told} ${planted.key} ${planted.prompt}`))
      await failsAs({ ...unavailable, name: 'in a stream' }, provider, () => model.generate(request, streamed))
    },
  },
  {
    id: 'signal-before',
    behaviour: 'sends nothing for a signal that was aborted before, and rejects with its reason',
    async run(context) {
      const { model, provider } = context
      provider.reply(answer(context))
      const reason = new Error('enough')
      for (const { options } of ways)
        await rejectsWithReason(reason, () => model.generate(request, { ...options, signal: AbortSignal.abort(reason) }))
      // A request that was on its way would be there by the time the next one is answered.
      await model.generate(request)
      assert.equal(provider.requests.length, 1)
    },
  },
  {
    id: 'signal-waiting',
    behaviour: 'closes the connection when it is told to while no answer comes',
    async run({ model, provider }) {
      provider.reply('silence')
      await endsBySignal(provider, (signal) => model.generate(request, { signal }))
      assert.equal(provider.requests.length, 1)
    },
  },
  {
    id: 'signal-half',
    behaviour: 'closes the connection when it is told to in the middle of an answer',
    async run(context) {
      const { model, provider } = context
      provider.reply((recorded) => halfOf(answer(context)(recorded), 'stall'))
      await endsBySignal(provider, (signal) => model.generate(request, { signal }))
      assert.equal(provider.requests.length, 1)
    },
  },
  {
    id: 'signal-streaming',
    behaviour: 'closes the connection when it is told to in the middle of a stream',
    async run(context) {
      const { model, provider } = context
      provider.reply((recorded) => halfOf(answer(context)(recorded), 'stall'))
      const { promise: handedOver, resolve } = Promise.withResolvers<string>()
      await endsBySignal(provider, (signal) => model.generate(request, { signal, onText: resolve }), handedOver)
      assert.equal(provider.requests.length, 1)
    },
  },
]
