import { createHash } from 'node:crypto'
import type { Memory } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { settingOf } from './on-every-store.ts'
import { everythingOf, rejection } from './rejection.ts'

type Json = { [key: string]: Json | undefined } | Json[] | string | number | boolean | null

const secret = 'zebrasentinel'
let lines: readonly string[] = []
const { memory } = settingOf(memoryStore())

beforeAll(async () => {
  await memory().ingest({
    documents: [
      { id: 'one', title: 'New York', text: `Bob, known as Bobby, works at Google. ${secret} I live in Rome.`, metadata: { [secret]: 1 } },
      { id: 'two', text: 'Dan likes Tea since 2019. Bob works at Meta.' },
    ],
  })
  const [fact] = await memory().facts()
  await memory().correct({ verdict: 'pin', factIds: [fact?.id ?? ''], reason: secret })
  const all: string[] = []
  for await (const line of memory().export()) all.push(line)
  lines = all
})

/** Imports into an empty memory; checks that whatever is refused leaves it empty, and is told without a word of what stood there. */
async function refused(
  given: Iterable<string | Uint8Array>,
): Promise<{ readonly field: string | undefined; readonly message: string; readonly code: string }> {
  const target: Memory = memory({ userId: `user${Math.random()}` })
  const error = await rejection(target.import(given))
  expect(everythingOf(error)).not.toContain(secret)
  expect((await target.stats()).version).toBe(0)
  return error
}

/** The export with a line changed, and its last line made to fit: as somebody would who wants it to pass. */
function forged(change: (line: { [key: string]: Json | undefined }, number: number) => void): readonly string[] {
  const changed = lines.slice(0, -1).map((line, place) => {
    const value = JSON.parse(line)
    change(value, place + 1)
    return `${JSON.stringify(value)}\n`
  })
  return [...changed, forgedEnd(changed)]
}

function forgedEnd(changed: readonly string[]): string {
  const hash = createHash('sha256').update(changed.join('')).digest()
  const { end } = JSON.parse(lines.at(-1) ?? '')
  return `${JSON.stringify({ end: { ...end, checksum: base32(hash) } })}\n`
}

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

it('an export that was cut off anywhere is refused', async () => {
  const whole = lines.join('')
  for (let kept = 0; kept < lines.length; kept += 1) {
    const error = await refused(lines.slice(0, kept))
    expect(error).toMatchObject({ code: 'INPUT_INVALID', field: `line ${kept + 1}: line` })
    expect(error.message).toContain('cut off')
  }
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 3 }), async (length) => {
      expect((await refused([whole.slice(0, length)])).code).toBe('INPUT_INVALID')
    }),
    { numRuns: 60 },
  )
})

it('an export with lines twice, left out, in another order, or after the last is refused', async () => {
  for (let place = 0; place < lines.length; place += 1) {
    const line = lines[place] ?? ''
    await refused([...lines.slice(0, place), line, line, ...lines.slice(place + 1)])
    await refused([...lines.slice(0, place), ...lines.slice(place + 1)])
    if (place > 0) await refused([...lines.slice(0, place - 1), line, lines[place - 1] ?? '', ...lines.slice(place + 1)])
  }
  expect((await refused([...lines, '{}'])).field).toBe(`line ${lines.length + 1}: line`)
  expect((await refused([...lines, '\n'])).field).toBe(`line ${lines.length + 1}: line`)
})

it('an export of which any character was changed is refused', async () => {
  const whole = lines.join('')
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: whole.length - 2 }),
      fc.constantFrom('0', 'a', '"', '}', ' ', '\n', '\u0000'),
      async (place, put) => {
        fc.pre(whole[place] !== put)
        const { code } = await refused([whole.slice(0, place), put, whole.slice(place + 1)])
        expect(['INPUT_INVALID', 'GENERATION_MISMATCH']).toContain(code)
      },
    ),
    { numRuns: 200 },
  )
})

it('another format, and another version of it, is refused', async () => {
  expect((await refused(forged((line, number) => number === 1 && Object.assign(line, { format: 'other' })))).field).toBe('line 1: format')
  for (const version of [0, 2, '1', null]) {
    const error = await refused(forged((line, number) => number === 1 && Object.assign(line, { formatVersion: version })))
    expect(error.field).toBe('line 1: formatVersion')
    expect(error.message).toContain('reads')
  }
  expect((await refused(forged((line, number) => number === 1 && delete line['generation']))).field).toBe('line 1: generation')
  for (const generation of ['arriving x', 'leaving to x y', 'a\nb', 'a'.repeat(2_000)]) {
    const error = await refused(forged((line, number) => number === 1 && Object.assign(line, { generation })))
    expect(error.field).toBe('line 1: generation')
  }
  expect((await refused(['[1]\n'])).field).toBe('line 1: line')
  expect((await refused(['null'])).field).toBe('line 1: line')
  expect((await refused([])).field).toBe('line 1: line')
})

it('a forged field is refused, whatever it is made, with the line and the field', async () => {
  const hostile: readonly Json[] = [
    null,
    Number.MAX_VALUE,
    -1,
    0.5,
    '',
    secret,
    [secret],
    { [secret]: secret },
    { senseId: secret },
    true,
    '\ud800',
    9e15,
  ]
  const forms = new Set<string>()
  for (const [place, line] of lines.slice(1, -1).entries()) {
    const number = place + 2
    const { kind, record } = JSON.parse(line)
    const form = `${kind} ${Object.keys(record)}`
    if (forms.has(form)) continue
    forms.add(form)
    for (const [field, before] of Object.entries(record)) {
      for (const put of hostile) {
        // Any instant may be one at which something was recorded: the digest leaves it out.
        if (JSON.stringify(put) === JSON.stringify(before) || (field === 'recordedAt' && put === -1)) continue
        const change = (given: { [key: string]: Json | undefined }, at: number) => {
          if (at === number) Object.assign(given['record'] ?? {}, { [field]: put })
        }
        const error = await refused(forged(change))
        expect(error.code).toBe('INPUT_INVALID')
        expect(error.field).toMatch(/^line \d+: (record|end|kind|vector|line)/)
      }
    }
  }
})

/** A change of the first line of a kind. */
function first(kind: string, change: (record: { [key: string]: Json | undefined }, line: { [key: string]: Json | undefined }) => void) {
  let done = false
  return (line: { [key: string]: Json | undefined }) => {
    if (done || line['kind'] !== kind) return
    done = true
    change(line['record'] as { [key: string]: Json | undefined }, line)
  }
}

const idOf = (kind: string): string => JSON.parse(lines.find((line) => line.includes(`"kind":"${kind}"`)) ?? '').record.id

it.each([
  ['chunks', 'episodeId', 'facts'],
  ['facts', 'subjectId', 'chunks'],
  ['assertions', 'factId', 'senses'],
  ['assertions', 'chunkId', 'episodes'],
  ['decisions', 'chunkId', 'episodes'],
])('an id of another kind is refused: %s.%s of %s', async (kind, field, other) => {
  const error = await refused(forged(first(kind, (record) => Object.assign(record, { [field]: idOf(other) }))))
  expect(error.field).toMatch(/^line \d+: (record|end)/)
})

it('an id with a prototype’s name, and a key of one, are refused and change no prototype', async () => {
  for (const id of ['__proto__', 'constructor', 'toString']) {
    expect((await refused(forged(first('senses', (record) => Object.assign(record, { id }))))).field).toMatch(/record\.id$/)
  }
  const withProto = lines.map((line) => line.replace('"metadata":{"', '"metadata":{"__proto__":{"polluted":true},"'))
  expect((await refused(withProto)).field).toMatch(/record\.metadata$/)
  const beside = lines.map((line) => line.replace('"record":{', '"__proto__":{"polluted":true},"record":{'))
  await refused(beside)
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

it('a vector of another length, or of what no vector has, is refused', async () => {
  for (const steps of ['', 'AAAA', '####', Buffer.alloc(256, 128).toString('base64'), Buffer.alloc(384, 128).toString('base64')]) {
    const error = await refused(forged(first('chunks', (_, line) => Object.assign(line['vector'] ?? {}, { steps }))))
    expect(error.field).toMatch(/vector\.steps$/)
  }
  expect((await refused(forged(first('chunks', (_, line) => Object.assign(line['vector'] ?? {}, { scale: -1 }))))).field).toMatch(
    /vector\.scale$/,
  )
  expect((await refused(forged(first('chunks', (_, line) => delete line['vector'])))).field).toMatch(/vector$/)
  expect((await refused(forged(first('facts', (_, line) => Object.assign(line, { vector: { scale: 1, steps: '' } }))))).field).toMatch(
    /line$/,
  )
})

it('a line that never ends is refused before it is held, and bytes that are no text too', async () => {
  const endless = function* (): Generator<string> {
    yield lines[0] ?? ''
    for (let piece = 0; piece < 100; piece += 1) yield 'a'.repeat(1024 * 1024)
    throw new Error('was read to its end')
  }
  expect((await refused(endless())).field).toBe('line 2: line')
  expect((await refused([lines[0] ?? '', new Uint8Array([0x7b, 0xff, 0x0a])])).field).toBe('line 2: line')
  expect((await refused([new Uint8Array([0xe2, 0x82])])).field).toBe('line 1: line')
  expect((await refused([1 as unknown as string])).field).toBe('line 1: line')
})

it('what is no source at all is refused', async () => {
  for (const source of [undefined, null, 1, {}]) {
    expect((await rejection(memory({ userId: 'empty' }).import(source as unknown as string[]))).code).toBe('INPUT_INVALID')
  }
})

it('a forged export that fits its checksum but not its records is refused', async () => {
  const error = await refused(forged(first('senses', (record) => Object.assign(record, { key: 'other' }))))
  expect(error.field).toBe(`line ${lines.length}: end.digest`)
})
