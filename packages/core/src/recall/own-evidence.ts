import type { AboutChunk } from '../index-segments/name-trie.ts'
import { tokenWord } from '../index-segments/segment-content.ts'
import { type Asked, type AskedName, surely } from './asked.ts'
import { type Signals, signalAt } from './signals.ts'

/** A name of the question that a passage is about. */
export interface Seed {
  readonly name: AskedName
  readonly kind: number
}

/** By number of chunk: the passages that the question names, each by the surest and rarest of its names. */
export function seedsOf(names: readonly AskedName[]): ReadonlyMap<number, Seed> {
  const seeds = new Map<number, Seed>()
  for (const name of names) {
    for (const { chunk, kind } of name.about) {
      const known = seeds.get(chunk)
      if (known === undefined || known.kind * known.name.rarity < kind * name.rarity) seeds.set(chunk, { name, kind })
    }
  }
  return seeds
}

/** How surely a passage is what the question names: 1 over the root of how many are about its name; 0 for none, and for what is hardly its name. */
export function seedSureness(seed: Seed | undefined): number {
  return seed === undefined || seed.kind < surely ? 0 : Math.sqrt(onlyness(seed.name.about))
}

/** One over how many passages are about a name. */
export function onlyness(about: readonly AboutChunk[]): number {
  return 1 / Math.max(1, about.length)
}

/** Writes what a passage itself shows for the question: the signals from `bm25` to `bm25Rest`. Costs the passage's length for each name asked. */
export function addOwnEvidence(signals: Signals, number: number, asked: Asked, seed: Seed | undefined): void {
  const { terms, frequencies, names, passages } = asked
  const chunk = passages.index.chunks[number]
  if (chunk === undefined) return
  let cover = 0
  for (let term = 0; term < terms.length; term += 1) if ((frequencies[term]?.[number] ?? 0) > 0) cover += terms[term]?.weight ?? 0
  signals[signalAt.bm25] = (asked.bm25[number] ?? 0) / asked.bestBm25
  signals[signalAt.cosine] = (asked.cosine[number] ?? 0) / asked.bestCosine
  signals[signalAt.cover] = cover / asked.totalWeight
  signals[signalAt.bm25Rest] = (asked.bm25Rest[number] ?? 0) / asked.bestBm25Rest
  signals[signalAt.title] = titleShare(number, asked)
  if (seed !== undefined) {
    signals[signalAt.named] = (seed.kind / 3) * onlyness(seed.name.about)
    signals[signalAt.namedRarity] = Math.min(1, seed.name.rarity / 20) * onlyness(seed.name.about)
  }
  let spoken = 0
  let total = 0
  for (const name of names) {
    total += name.rarity
    const isAbout = name.about.some((about) => about.chunk === number)
    if (isAbout || (hasWordsOf(name, number, asked) && speaksOf(chunk.tokens, chunk.titleTokens, name.words))) spoken += name.rarity
  }
  signals[signalAt.names] = total === 0 ? 0 : spoken / total
}

function titleShare(number: number, { passages, termOf }: Asked): number {
  const chunk = passages.index.chunks[number]
  let asked = 0
  let total = 0
  for (let place = 0; place < (chunk?.titleTokens ?? 0); place += 1) {
    const stem = chunk?.stems[place] ?? -1
    if (stem < 0) continue
    const rarity = passages.rarity(stem)
    total += rarity
    if ((termOf[stem] ?? 0) > 0) asked += rarity
  }
  return total === 0 ? 0 : asked / total
}

/** Whether a passage has the terms that are words of a name: where it has not, its words need not be looked for. */
function hasWordsOf({ from, to }: AskedName, number: number, { terms, frequencies }: Asked): boolean {
  return terms.every(({ at }, term) => at < from || at >= to || (frequencies[term]?.[number] ?? 0) > 0)
}

/** Whether the words stand side by side in a token stream, after its title. */
function speaksOf(tokens: Uint32Array, from: number, words: readonly number[]): boolean {
  const [first] = words
  for (let at = from; at + words.length <= tokens.length; at += 1) {
    if (tokenWord(tokens[at] ?? 0) !== first) continue
    let next = 1
    while (next < words.length && tokenWord(tokens[at + next] ?? 0) === words[next]) next += 1
    if (next === words.length) return true
  }
  return false
}
