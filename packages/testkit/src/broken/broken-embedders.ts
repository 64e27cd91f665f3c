import { type Embedder, GraphMemError } from '@graphmem/core/spec'
import type { EmbedderUnderTest } from '../provider/provider-under-test.ts'
import { anyDefects, broken, type ProviderDefect } from './break-provider.ts'
import { callDefects } from './call-defects.ts'

/** A remote embedder that is broken on purpose, to prove that the cases find it. */
export interface BrokenEmbedder {
  readonly name: string
  readonly does: string
  /** The ids of the cases that it fails. */
  readonly fails: readonly string[]
  readonly under: EmbedderUnderTest
}

type Defect = ProviderDefect<Embedder>
type Embed = Embedder['embed']

const embedding = (make: (embed: Embed, sound: Embedder) => Embed): NonNullable<Defect['wrap']> => {
  return (sound) => ({ embed: make(sound.embed, sound) })
}

const defects: readonly Defect[] = [
  ...anyDefects,
  {
    name: 'folds-texts',
    does: 'sends texts in small letters',
    fails: ['request-sent'],
    wrap: embedding(
      (embed) => (texts, options) =>
        embed(
          texts.map((text) => text.toLowerCase()),
          options,
        ),
    ),
  },
  {
    name: 'turns-vectors-around',
    does: 'gives the vectors last to first',
    fails: ['vectors', 'unit-length', 'empty-text', 'many-texts'],
    wrap: embedding((embed) => async (texts, options) => (await embed(texts, options)).toReversed()),
  },
  {
    name: 'keeps-their-length',
    does: 'gives vectors of a length of their own',
    fails: ['vectors', 'unit-length', 'many-texts'],
    wrap: embedding((embed) => async (texts, options) => (await embed(texts, options)).map((vector) => vector.map((value) => value * 3))),
  },
  {
    name: 'gives-nothing-for-what-is-wrong',
    does: 'gives zero vectors where those of the server are not as they should be',
    fails: ['dimensions', 'vector-missing'],
    wrap: embedding(
      (embed, { dimensions }) =>
        (texts, options) =>
          embed(texts, options).catch((error: unknown) => {
            if (GraphMemError.is(error) && error.code === 'ADAPTER_INVALID') return texts.map(() => new Float32Array(dimensions))
            throw error
          }),
    ),
  },
  {
    name: 'asks-for-empty-texts',
    does: 'sends something for an empty text',
    fails: ['empty-text', 'nothing-to-embed'],
    wrap: embedding(
      (embed) => (texts, options) =>
        embed(
          texts.map((text) => text.trim() || 'empty'),
          options,
        ),
    ),
  },
  {
    name: 'takes-fewer',
    does: 'takes fewer texts than it says',
    fails: ['many-texts'],
    wrap: embedding((embed) => async (texts, options) => {
      if (texts.length > 10) throw new GraphMemError({ code: 'INPUT_INVALID', message: 'too many texts' })
      return embed(texts, options)
    }),
  },
  {
    name: 'invents-usage',
    does: 'takes what is not counted for nothing',
    fails: ['usage'],
    wrap: embedding((embed) => async (texts, options) => {
      let told = false
      const onUsage = options?.onUsage
      const vectors = await embed(texts, {
        ...options,
        onUsage(usage) {
          told = true
          onUsage?.(usage)
        },
      })
      if (!told) onUsage?.({ inputTokens: 0, outputTokens: 0 })
      return vectors
    }),
  },
  ...callDefects.map(
    ({ call, ...defect }): Defect => ({
      ...defect,
      wrap: embedding(
        (embed) =>
          (texts, { signal, ...rest } = {}) =>
            call((options) => embed(texts, { ...rest, ...options }), signal === undefined ? {} : { signal }),
      ),
    }),
  ),
]

/** Breaks a sound remote embedder in every way the kit knows of. */
export function brokenEmbedders(under: EmbedderUnderTest): readonly BrokenEmbedder[] {
  return broken(defects, under)
}
