import type { ExtractedFact, ExtractedName, Extraction, Reasoner, TextSpan } from '@graphmem/core/spec'
import { matchKey } from '../extraction/match-key.ts'

/** Reads with two reasoners, and gives the names and facts of both. Answers as the first. */
export function joinedReasoner(first: Reasoner, second: Reasoner): Reasoner {
  return {
    ...first,
    id: `${first.id}+${second.id}`,
    async extract(passage, options) {
      return joined(await first.extract(passage, options), await second.extract(passage, options))
    },
  }
}

/** All names of two extractions, a plain name that both have once, with the mentions of both; and all their facts. */
export function joined(first: Extraction, second: Extraction): Extraction {
  const names = [...first.names]
  const places = new Map(names.flatMap((name, place) => keysOf(name).map((key) => [key, place])))
  const fresh: ExtractedName[] = []
  /** By place in the second: the place among all. */
  const moved: number[] = []
  for (const name of second.names) {
    const place = keysOf(name).flatMap((key) => places.get(key) ?? [])[0] ?? names.length + fresh.length
    const known = names[place]
    if (known === undefined) fresh.push(name)
    else names[place] = { ...known, mentions: union(known.mentions, name.mentions) }
    moved.push(place)
  }
  const at = (place: number) => moved[place] ?? 0
  const facts = second.facts.map(
    (fact): ExtractedFact => ({
      ...fact,
      subject: at(fact.subject),
      object: 'name' in fact.object ? { name: at(fact.object.name) } : fact.object,
    }),
  )
  return {
    names: [...names, ...fresh.map((name) => (name.of === undefined ? name : { ...name, of: at(name.of) }))],
    facts: [...first.facts, ...facts],
    same: [...first.same, ...second.same.map(({ a, b, confidence }) => ({ a: at(a), b: at(b), confidence }))],
  }
}

/** By what a name is known again: none for one that is told apart by more than itself. */
function keysOf({ name, of, discriminator }: ExtractedName): readonly string[] {
  if (typeof name !== 'string') return [`@${name.role}`]
  return of === undefined && discriminator === undefined ? [matchKey(name) || name] : []
}

function union(first: readonly TextSpan[], second: readonly TextSpan[]): readonly TextSpan[] {
  const spans = [...first, ...second.filter(({ start, end }) => !first.some((span) => span.start === start && span.end === end))]
  return spans.sort((a, b) => a.start - b.start || a.end - b.end)
}
