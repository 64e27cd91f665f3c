import { maxIdBytes, type Scope, scope, scopeKey } from '@graphmem/core/spec'
import fc from 'fast-check'
import { hostileIds } from '../hostile-ids.ts'
import { wideningTexts } from './widening-texts.ts'

type Ids = readonly [userId: string, memoryId: string]

const delimiters = [':', '/', '|', '%', '~', ' ', '.', '-', '_', '::', '\\', '}:{', '","', "','", '\u200b']

/** Memories whose ids come to the same as these when something is not done with care. The text is any id. */
const confusions: readonly ((ids: Ids, text: string) => readonly Ids[])[] = [
  ([user], text) => [[user, text]],
  ([, memory], text) => [[text, memory]],
  ([user, memory]) => [[memory, user]],
  ([user, memory]) => delimiters.map((delimiter): Ids => [`${user}${delimiter}${memory}`, memory]),
  ([user, memory]) => [
    [flipped(user), memory],
    [user, flipped(memory)],
  ],
  ([user, memory]) => [
    [` ${user}`, memory],
    [`${user} `, memory],
    [user, `${memory} `],
  ],
  ([user, memory]) => (['NFC', 'NFD', 'NFKC'] as const).map((form): Ids => [user.normalize(form), memory.normalize(form)]),
  ([user, memory]) => [
    [`${user}2`, memory],
    [`${user}%`, memory],
    [`${user}*`, memory],
    [user, `${memory}_`],
  ],
  ([user, memory]) => [
    [filled(user, 'x'), memory],
    [`${filled(user, 'x').slice(0, -1)}y`, memory],
    [user, filled(memory, 'x')],
    [user, `${filled(memory, 'x').slice(0, -1)}y`],
  ],
  (_, text) => [
    [text, '%'],
    ['%', text],
    ['*', '*'],
  ],
  ([user, memory]) =>
    wideningTexts.flatMap((each): readonly Ids[] => [
      [each, memory],
      [user, each],
    ]),
]

/** Two memories that are one as soon as one thing is not done with care. */
const pairs: readonly ((a: string, b: string, c: string, delimiter: string) => readonly [Ids, Ids])[] = [
  (a, b, c, delimiter) => [
    [a, `${b}${delimiter}${c}`],
    [`${a}${delimiter}${b}`, c],
  ],
  (a, b, c) => [
    [a, b],
    [a, c],
  ],
  (a, b, c) => [
    [a, c],
    [b, c],
  ],
  (a, b) => [
    [a, b],
    [b, a],
  ],
  (a, b) => [
    [`${a}a`, b],
    [flipped(`${a}a`), b],
  ],
  (a, b) => [
    [a, b],
    [`${a} `, ` ${b}`],
  ],
  (a, b) => [
    [`${a}\u00e9`, b],
    [`${a}e\u0301`, b],
  ],
  (a, b) => [
    [filled(`${a}x`, 'x'), b],
    [`${filled(`${a}x`, 'x').slice(0, -1)}y`, b],
  ],
  (a, b) => [
    [a, filled(`${b}x`, 'x')],
    [a, `${filled(`${b}x`, 'x').slice(0, -1)}y`],
  ],
  (a, b, c, delimiter) => [
    [a, b],
    [`${a}${delimiter}${c}`, b],
  ],
  (a, b, c, delimiter) => [
    [a, b],
    [a, `${b}${delimiter}${c}`],
  ],
  // The delimiters that are met most, by themselves.
  (a, b, c) => [
    [a, `${b}:${c}`],
    [`${a}:${b}`, c],
  ],
  (a, b, c) => [
    [a, b],
    [a, `${b}/${c}`],
  ],
  (a, b, c) => [
    [a, b],
    [`${a}${c}`, b],
  ],
]

const anyId = fc.constantFrom(...hostileIds)
const pair = fc
  .tuple(fc.nat(pairs.length - 1), anyId, anyId, anyId, fc.constantFrom(...delimiters))
  .map(([kind, a, b, c, delimiter]): readonly Ids[] => pairs[kind]?.(a, b, c, delimiter) ?? [])

const near = fc
  .tuple(fc.tuple(anyId, anyId), fc.array(fc.tuple(fc.nat(confusions.length - 1), fc.nat(40), anyId), { minLength: 1, maxLength: 3 }))
  .map(([base, confused]): readonly Ids[] => [
    base,
    ...confused.flatMap(([kind, number, text]) => {
      const all = confusions[kind]?.(base, text) ?? []
      return [all[number % all.length] ?? base]
    }),
  ])

/** Two to four memories that are easily taken for one another. */
export const confusableScopes: fc.Arbitrary<readonly Scope[]> = fc
  .tuple(pair, fc.option(near, { freq: 3, nil: [] }))
  .map(([two, others]) => distinct([...two, ...others]).slice(0, 4))
  .filter((scopes) => scopes.length > 1)

function distinct(all: readonly Ids[]): readonly Scope[] {
  const found = new Map<string, Scope>()
  for (const [userId, memoryId] of all) {
    try {
      const made = scope({ userId, memoryId })
      found.set(scopeKey(made), made)
    } catch {
      // Too long, or with half a character: no id.
    }
  }
  return [...found.values()]
}

function flipped(id: string): string {
  return id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase()
}

/** As long as an id may be. */
function filled(id: string, letter: string): string {
  return id + letter.repeat(Math.max(0, maxIdBytes - Buffer.byteLength(id)))
}
