import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeContents } from '../src/index-segments/merge-contents.ts'
import { mergePlan } from '../src/index-segments/merge-plan.ts'
import { seal, unseal } from '../src/index-segments/seal.ts'
import { decodeSegment, encodeSegment } from '../src/index-segments/segment-codec.ts'
import { type IndexedChunk, type SegmentContent, token, tokenFlags, tokenWord } from '../src/index-segments/segment-content.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const id = fc.string({ minLength: 1, maxLength: 26 })
const small = fc.nat(100_000)
const instant = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 })
const precision = fc.constantFrom('year', 'month', 'day', 'second' as const)
const span = fc.record({ start: small, end: small })
const optional = { requiredKeys: [] }

function chunkWith(strings: number): fc.Arbitrary<IndexedChunk> {
  const place = fc.nat(strings - 1)
  return fc.record({
    id,
    episodeId: id,
    index: small,
    recordedAt: instant,
    tokens: fc
      .array(fc.tuple(place, fc.boolean(), fc.boolean(), fc.boolean()))
      .map((words) =>
        Uint32Array.from(words, ([word, capitalised, numeric, afterBreak]) => token(word, { capitalised, numeric, afterBreak })),
      ),
    titleTokens: small,
    sentences: fc.array(fc.record({ start: small, end: small, tokenEnd: small, asks: fc.boolean() }), { maxLength: 4 }),
    mentions: fc.array(fc.record({ senseId: id, type: fc.nat(11), surface: place }), {
      maxLength: 4,
    }),
    about: fc.array(fc.record({ key: place, words: fc.array(place, { maxLength: 4 }), kind: fc.constantFrom(3, 2.5, 2, 1.5, 1.2, 1) }), {
      maxLength: 3,
    }),
    vector: fc.int8Array({ maxLength: 32 }),
    scale: fc.double({ noNaN: true, min: 0, max: 1 }),
  })
}

const object = fc.oneof(
  fc.record({ senseId: id }),
  fc.record({ value: text, valueType: fc.constantFrom('text', 'date', 'quantity', 'boolean' as const) }),
)
const content: fc.Arbitrary<SegmentContent> = fc.uniqueArray(text, { minLength: 1, maxLength: 20 }).chain((strings) =>
  fc.record({
    rebuiltAt: small,
    strings: fc.constant(strings),
    stems: fc.constant(strings.map((word) => (word.length % 3 === 0 ? '' : `${word}s`))),
    episodes: fc.array(
      fc.record({
        id,
        kind: fc.constantFrom('text', 'turn', 'document' as const),
        tags: fc.array(text),
        metadata: fc.dictionary(id, fc.oneof(text, fc.boolean(), small)),
        recordedAt: instant,
      }),
      { maxLength: 3 },
    ),
    retired: fc.array(fc.record({ episodeId: id, at: instant }), { maxLength: 3 }),
    chunks: fc.array(chunkWith(strings.length), { maxLength: 4 }),
    senses: fc.array(fc.record({ id, key: text, discriminator: text, block: text }), { maxLength: 3 }),
    decisions: fc.array(
      fc.record({
        id,
        verdict: fc.constantFrom('same', 'different' as const),
        senses: fc.tuple(id, id),
        rule: id,
        confidence: fc.double({ min: 0, max: 1, noNaN: true }).filter((value) => !Object.is(value, -0)),
        recordedAt: instant,
      }),
      { maxLength: 3 },
    ),
    facts: fc.array(fc.record({ id, subjectId: id, predicate: id, object, exclusive: fc.boolean() }), { maxLength: 3 }),
    assertions: fc.array(
      fc.record({
        id,
        factId: id,
        chunkId: id,
        span,
        valid: fc.record({ from: instant, fromPrecision: precision, until: instant, untilPrecision: precision }, optional),
        negated: fc.boolean(),
        confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 3 },
    ),
    corrections: fc.array(
      fc.record({
        id,
        verdict: fc.constantFrom('retract', 'restore', 'pin', 'unpin' as const),
        target: fc.record({ kind: fc.constantFrom('facts', 'decisions' as const), id }),
        recordedAt: instant,
      }),
      { maxLength: 2 },
    ),
  }),
)

/** As JSON has it: prototypes do not matter. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** A chunk with its words in place of their numbers. */
function inWords({ tokens, mentions, about, ...rest }: IndexedChunk, strings: readonly string[]): object {
  return {
    ...rest,
    tokens: Array.from(tokens, (value) => [strings[tokenWord(value)], tokenFlags(value)]),
    mentions: mentions.map((mention) => ({ ...mention, surface: strings[mention.surface] })),
    about: about.map(({ key, words, kind }) => [strings[key], words.map((word) => strings[word]), kind]),
  }
}

describe('a segment', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(content, (given) => {
        expect(plain(decodeSegment(encodeSegment(given)))).toEqual(plain(given))
        expect(decodeSegment(encodeSegment(given)).chunks).toEqual(given.chunks)
      }),
    )
  })

  it('is damaged by any one byte that changes, and by any cut', async () => {
    const sealed = await seal(encodeSegment({ ...mergeContents([]), strings: ['word'], rebuiltAt: 7 }))
    for (let place = 0; place < sealed.length; place += 1) {
      const damaged = Uint8Array.from(sealed)
      damaged[place] = (damaged[place] ?? 0) ^ 0x10
      await expect(unseal(damaged)).rejects.toThrow(expect.objectContaining({ code: 'INDEX_DAMAGED' }))
      await expect(unseal(sealed.subarray(0, place))).rejects.toThrow(expect.objectContaining({ code: 'INDEX_DAMAGED' }))
    }
  })

  it('keeps everything when it is merged, and only the strings that chunks refer to', () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 4 }), (contents) => {
        const merged = mergeContents(contents)
        expect(merged.chunks.map((chunk) => inWords(chunk, merged.strings))).toEqual(
          contents.flatMap(({ chunks, strings }) => chunks.map((chunk) => inWords(chunk, strings))),
        )
        for (const kind of ['episodes', 'retired', 'senses', 'decisions', 'facts', 'assertions', 'corrections'] as const) {
          expect(merged[kind]).toEqual(contents.flatMap((each): readonly unknown[] => each[kind]))
        }
        expect(merged.rebuiltAt).toBe(Math.max(0, ...contents.map(({ rebuiltAt }) => rebuiltAt)))
        expect(new Set(merged.strings).size).toBe(merged.strings.length)
      }),
    )
  })
})

describe('the plan of merges', () => {
  it('keeps segments few and rewrites few, for writes of any sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 200, max: 60_000 }), { minLength: 100, maxLength: 400 }), (sizes) => {
        let infos: { id: string; firstVersion: number; lastVersion: number; sizeBytes: number }[] = []
        let written = 0
        for (const [index, sizeBytes] of sizes.entries()) {
          const merged = mergePlan(infos, sizeBytes)
          // A run at the end, whole and in order.
          expect(infos.slice(infos.length - merged.length)).toEqual(merged)
          const total = merged.reduce((sum, info) => sum + info.sizeBytes, sizeBytes)
          written += total
          const firstVersion = merged[0]?.firstVersion ?? index + 1
          infos = [
            ...infos.slice(0, infos.length - merged.length),
            { id: `${index}`, firstVersion, lastVersion: index + 1, sizeBytes: total },
          ]
        }
        const total = sizes.reduce((sum, size) => sum + size, 0)
        expect(infos.length).toBeLessThan(7 * 5 + total / (1024 * 1024))
        expect(written / total).toBeLessThan(12)
      }),
      { numRuns: 30 },
    )
  })
})
