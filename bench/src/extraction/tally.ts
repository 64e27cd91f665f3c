import type { Extraction } from '@graphmem/core/spec'
import { bareCapitals } from './bare-capitals.ts'
import { isCapitalised, matchKey } from './match-key.ts'
import type { ReadPassage } from './open-ie.ts'

/** Counts over passages. */
export interface Tally {
  passages: number
  gold: number
  ours: number
  oursInGold: number
  bare: number
  bareInGold: number
  triples: number
  facts: number
  /** Triples of which we found both ends, and those of them that a fact of ours joins. */
  findable: number
  joined: number
}

export function emptyTally(): Tally {
  return { passages: 0, gold: 0, ours: 0, oursInGold: 0, bare: 0, bareInGold: 0, triples: 0, facts: 0, findable: 0, joined: 0 }
}

/** Adds one passage to the counts. Two names match when their keys are equal, and in no other case. */
export function addPassage(tally: Tally, passage: ReadPassage, extraction: Extraction): void {
  const gold = capitalisedKeys(passage.entities)
  const names = extraction.names.map(({ name }) => (typeof name === 'string' ? name : ''))
  const ours = capitalisedKeys(names)
  const bare = capitalisedKeys(bareCapitals(`${passage.title}\n${passage.text}`))
  tally.passages++
  tally.gold += gold.size
  tally.ours += ours.size
  tally.oursInGold += shared(ours, gold)
  tally.bare += bare.size
  tally.bareInGold += shared(bare, gold)
  tally.triples += passage.triples.length
  tally.facts += extraction.facts.length
  const ends = extraction.facts.map((fact): [string, string] => [
    matchKey(names[fact.subject] ?? ''),
    matchKey('name' in fact.object ? (names[fact.object.name] ?? '') : fact.object.value),
  ])
  const found = new Set([...names.map(matchKey), ...ends.map(([, object]) => object)])
  const joins = new Set(ends.flatMap(([a, b]) => [`${a}\n${b}`, `${b}\n${a}`]))
  for (const [subject, , object] of passage.triples) {
    const [a, b] = [matchKey(subject), matchKey(object)]
    if (a === b || !found.has(a) || !found.has(b)) continue
    tally.findable++
    if (joins.has(`${a}\n${b}`)) tally.joined++
  }
}

function capitalisedKeys(names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names
      .filter(isCapitalised)
      .map(matchKey)
      .filter((key) => key !== ''),
  )
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((key) => b.has(key)).length
}
