import { GraphMemError, type LanguageModel } from '@graphmem/core/spec'
import type { ModelUnderTest } from '../provider/provider-under-test.ts'
import { anyDefects, broken, type ProviderDefect } from './break-provider.ts'
import { callDefects } from './call-defects.ts'

/** A language model that is broken on purpose, to prove that the cases find it. */
export interface BrokenModel {
  readonly name: string
  readonly does: string
  /** The ids of the cases that it fails. */
  readonly fails: readonly string[]
  readonly under: ModelUnderTest
}

type Defect = ProviderDefect<LanguageModel>
type Generate = LanguageModel['generate']

const generating = (make: (generate: Generate) => Generate): NonNullable<Defect['wrap']> => {
  return (sound) => ({ generate: make(sound.generate) })
}

const defects: readonly Defect[] = [
  ...anyDefects,
  {
    name: 'forgets-the-system-text',
    does: 'does not send the system text',
    fails: ['request-sent'],
    wrap: generating((generate) => (request, options) => generate({ ...request, system: 'Answer.' }, options)),
  },
  {
    name: 'forgets-the-turns',
    does: 'sends the last message only',
    fails: ['request-sent'],
    wrap: generating((generate) => (request, options) => generate({ ...request, messages: request.messages.slice(-1) }, options)),
  },
  {
    name: 'trims-messages',
    does: 'sends messages without the space around them',
    fails: ['request-sent'],
    wrap: generating((generate) => (request, options) => {
      const messages = request.messages.map(({ role, content }) => ({ role, content: content.trim() }))
      return generate({ ...request, messages }, options)
    }),
  },
  {
    name: 'forgets-the-limit',
    does: 'sends a limit of its own',
    fails: ['request-sent'],
    wrap: generating((generate) => (request, options) => generate({ ...request, maxOutputTokens: 4096 }, options)),
  },
  {
    name: 'forgets-the-schema',
    does: 'does not send the schema',
    fails: ['schema', 'schema-refused'],
    wrap: generating(
      (generate) =>
        ({ system, messages, maxOutputTokens }, options) =>
          generate({ system, messages, maxOutputTokens }, options),
    ),
  },
  {
    name: 'asks-for-less-at-once',
    does: 'asks again without the schema in the same call',
    fails: ['schema-refused'],
    wrap: generating(
      (generate) => (request, options) =>
        generate(request, options).catch((error: unknown) => {
          if (GraphMemError.is(error) && error.code === 'MODEL_SCHEMA_REFUSED') return generate(request, options)
          throw error
        }),
    ),
  },
  {
    name: 'always-complete',
    does: 'takes every answer for a whole one',
    fails: ['cut-off', 'refused'],
    wrap: generating((generate) => async (request, options) => ({ ...(await generate(request, options)), finish: 'complete' })),
  },
  {
    name: 'cuts-the-text',
    does: 'loses the end of the text',
    fails: ['answer', 'schema', 'schema-refused', 'cut-off', 'usage-unknown', 'streamed', 'streamed-cut-anew', 'calls-apart'],
    wrap: generating((generate) => async (request, options) => {
      const generation = await generate(request, options)
      return { ...generation, text: generation.text.slice(0, -1) }
    }),
  },
  {
    name: 'loses-usage',
    does: 'does not say what an answer took',
    fails: ['answer', 'usage-cached', 'streamed'],
    wrap: generating((generate) => async (request, options) => ({ ...(await generate(request, options)), usage: undefined })),
  },
  {
    name: 'invents-usage',
    does: 'takes what is not counted for nothing',
    fails: ['usage-unknown'],
    wrap: generating((generate) => async (request, options) => {
      const generation = await generate(request, options)
      return { ...generation, usage: generation.usage ?? { inputTokens: 0, outputTokens: 0 } }
    }),
  },
  {
    name: 'loses-the-cache',
    does: 'does not say what came from the cache',
    fails: ['usage-cached'],
    wrap: generating((generate) => async (request, options) => {
      const generation = await generate(request, options)
      const { inputTokens = 0, outputTokens = 0 } = generation.usage ?? {}
      return { ...generation, usage: generation.usage && { inputTokens, outputTokens } }
    }),
  },
  {
    name: 'does-not-stream',
    does: 'hands the whole text over when all is there',
    fails: ['refused', 'streamed', 'streamed-at-once', 'signal-streaming'],
    wrap: generating((generate) => async (request, { onText, ...options } = {}) => {
      const generation = await generate(request, options)
      onText?.(generation.text)
      return generation
    }),
  },
  {
    name: 'holds-pieces-back',
    does: 'hands the pieces over when all are there',
    fails: ['streamed-at-once', 'signal-streaming'],
    wrap: generating((generate) => async (request, { onText, ...options } = {}) => {
      const pieces: string[] = []
      const generation = await generate(request, { ...options, ...(onText && { onText: (piece: string) => void pieces.push(piece) }) })
      for (const piece of pieces) onText?.(piece)
      return generation
    }),
  },
  {
    name: 'repeats-pieces',
    does: 'hands every piece over with all before it',
    fails: ['schema', 'streamed', 'streamed-cut-anew'],
    wrap: generating((generate) => (request, { onText, ...options } = {}) => {
      let text = ''
      const tell = (piece: string) => {
        text += piece
        onText?.(text)
      }
      return generate(request, { ...options, ...(onText && { onText: tell }) })
    }),
  },
  {
    name: 'shares-answers',
    does: 'answers calls that are made at once with the answer to the first',
    fails: ['calls-apart'],
    wrap: generating((generate) => {
      let first: ReturnType<Generate> | undefined
      return (request, options) => {
        if (options !== undefined) return generate(request, options)
        first ??= generate(request).finally(() => {
          first = undefined
        })
        return first
      }
    }),
  },
  ...callDefects.map(
    ({ call, ...defect }): Defect => ({
      ...defect,
      wrap: generating(
        (generate) =>
          (request, { signal, ...rest } = {}) =>
            call((options) => generate(request, { ...rest, ...options }), signal === undefined ? {} : { signal }),
      ),
    }),
  ),
]

/** Breaks a sound language model in every way the kit knows of. */
export function brokenModels(under: ModelUnderTest): readonly BrokenModel[] {
  return broken(defects, under)
}
