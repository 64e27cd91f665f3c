import type { Candidate } from '../candidate.ts'
import { countriesIn, statesIn } from './countries.ts'
import { lifeOf, workDate } from './dated.ts'
import { genderOf, keyOf, type Prose, type ProseSentence } from './prose.ts'
import type { Node } from './read-chain.ts'
import type { Relation } from './relation.ts'
import { relationOf } from './relations.ts'

/** How sure a step is: stated of what its own passage is about, where another passage speaks of it, or the other way round. */
const own = 0.9
const spokenOf = 0.6
const turned = 0.7

/** What a node may mean, the likeliest first. */
export function follow(node: Node, prose: readonly Prose[]): readonly Candidate[] {
  if ('name' in node) return [{ text: node.name, support: 1, citations: [] }]
  const found: Candidate[] = []
  for (const from of follow(node.of, prose).slice(0, 2)) {
    const next = 'kind' in node ? placeAround(from, node.kind, prose) : step(from, node.relation, prose)
    found.push(...next)
  }
  return found.sort((a, b) => b.support - a.support)
}

/** What stands in a relation to something, by the passages about it, else by those that speak of it. */
function step(from: Candidate, relation: Relation, prose: readonly Prose[]): readonly Candidate[] {
  if (relation.path !== undefined) {
    let reached: readonly Candidate[] = [from]
    for (const id of relation.path) {
      const part = relationOf(id)
      reached = part === undefined ? [] : reached.slice(0, 2).flatMap((each) => step(each, part, prose))
    }
    return reached.filter(({ text }) => keyOf(text) !== keyOf(from.text))
  }
  const about = passagesAbout(from.text, prose)
  const led = (text: string, support: number, passage: Prose, sentence: ProseSentence): Candidate => ({
    text,
    support: from.support * support,
    citations: [{ chunkId: passage.passage.chunkId, span: { start: sentence.start, end: sentence.end } }, ...from.citations],
  })
  const dated = relation.gives === 'date' ? about.flatMap((passage) => dateOf(passage, relation, led)) : []
  if (dated.length > 0) return dated.slice(0, 1)
  if (relation.gives === 'nationality' || relation.gives === 'country') {
    const countries = about.flatMap((passage) => countryOf(passage, relation.gives === 'country', led))
    if (countries.length > 0) return countries.slice(0, 1)
  }
  const stated = statedOf(from, relation, about, prose, led)
  return stated.length > 0 || relation.back === undefined ? stated : statedBack(from, relation.back, prose, led)
}

type Led = (text: string, support: number, passage: Prose, sentence: ProseSentence) => Candidate

function statedOf(from: Candidate, relation: Relation, about: readonly Prose[], prose: readonly Prose[], led: Led): readonly Candidate[] {
  const key = keyOf(from.text)
  const { says } = relation
  const usable = (text: string): boolean => keyOf(text) !== '' && !` ${key} `.includes(` ${keyOf(text)} `) && !notNames.test(text)
  for (const [place, pattern] of says().entries()) {
    for (const passage of about) {
      for (const sentence of passage.sentences) {
        const text = pattern.exec(sentence.text)?.groups?.['a']
        const known = text === undefined || relation.gives !== 'person' ? undefined : knownAfter(text, sentence.text, relation, key, prose)
        if (known !== undefined && usable(known)) return [led(known, own - 0.02 * place, passage, sentence)]
        if (text !== undefined && usable(text)) return [led(trimmed(text), own - 0.04 * place, passage, sentence)]
      }
    }
  }
  for (const pattern of says()) {
    for (const passage of prose) {
      for (const sentence of passage.sentences) {
        const at = mentionOf(from.text, sentence.text)
        const text = at < 0 ? undefined : pattern.exec(sentence.text.slice(at))?.groups?.['a']
        if (text !== undefined && usable(text)) return [led(trimmed(text), spokenOf, passage, sentence)]
      }
    }
  }
  return []
}

/** The first name from where a relation's answer begins that another passage is about, and that may be of whom the relation speaks. */
function knownAfter(answer: string, sentence: string, { gender }: Relation, key: string, prose: readonly Prose[]): string | undefined {
  const from = sentence.indexOf(answer)
  const clause = sentence.slice(from, from + 110).split(/;|\.\s/)[0] ?? ''
  const said = ` ${keyOf(clause)} `
  let found: { readonly name: string; readonly at: number } | undefined
  for (const passage of prose) {
    if (
      passage.name === undefined ||
      passage.about.includes(key) ||
      (gender !== undefined && genderOf(passage) === (gender === 'he' ? 'she' : 'he'))
    )
      continue
    for (const name of passage.about) {
      const at = name.includes(' ') ? said.indexOf(` ${name} `) : -1
      if (at >= 0 && (found === undefined || at < found.at)) found = { name: passage.name, at }
    }
  }
  return found?.name
}

/** "He is the father of X", in the passage about the father. */
function statedBack(from: Candidate, back: readonly string[], prose: readonly Prose[], led: Led): readonly Candidate[] {
  const name = from.text.replace(/\s*\([^)]*\)$/, '')
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  for (const source of back) {
    const pattern = new RegExp(source.replace('{x}', escaped), 'iu')
    for (const passage of prose) {
      if (passage.name === undefined || passage.about.includes(keyOf(from.text)) || passage.about.includes(keyOf(name))) continue
      const sentence = passage.sentences.find(({ text }) => pattern.test(text))
      if (sentence !== undefined) return [led(passage.name, turned, passage, sentence)]
    }
  }
  return []
}

function dateOf(passage: Prose, { id }: Relation, led: Led): readonly Candidate[] {
  const life = lifeOf(passage)
  const found = id === 'birthdate' ? life.born : id === 'deathdate' ? life.died : workDate(passage, id === 'founded')
  return found === undefined ? [] : [led(found.moment.text, own, passage, found.sentence)]
}

/** The country whose adjective or name the first sentences of a passage say of what it is about. */
function countryOf(passage: Prose, asCountry: boolean, led: Led): readonly Candidate[] {
  for (const sentence of passage.sentences.slice(0, 3)) {
    const after = /\b(?:is|was|are|were)\b/.exec(sentence.text)?.index ?? 0
    const found = countriesIn(sentence.text)
    const chosen = found.find(({ start }) => start > after) ?? found[0]
    if (chosen !== undefined) return [led(asCountry ? chosen.country : chosen.text, own, passage, sentence)]
  }
  return []
}

/** "A village in the Lublin Voivodeship, Poland": the last name for a country, the one of that kind for others. */
function placeAround(from: Candidate, kind: string, prose: readonly Prose[]): readonly Candidate[] {
  const about = passagesAbout(from.text, prose)
  const passages = about.length > 0 ? about : prose.filter(({ sentences }) => sentences.some(({ text }) => mentionOf(from.text, text) >= 0))
  const location = relationOf('location')
  for (const passage of passages) {
    const sentences = about.length > 0 ? passage.sentences : passage.sentences.filter(({ text }) => mentionOf(from.text, text) >= 0)
    for (const sentence of sentences.slice(0, 3)) {
      const citations = [{ chunkId: passage.passage.chunkId, span: { start: sentence.start, end: sentence.end } }, ...from.citations]
      const given = (text: string, support: number): readonly Candidate[] => [{ text, support: from.support * support, citations }]
      if (/^(?:country|nation)$/.test(kind)) {
        const country = countriesIn(sentence.text).at(-1)
        if (country !== undefined) return given(country.country, own)
        continue
      }
      const noun = `[${kind[0]}${kind[0]?.toUpperCase()}]${kind.slice(1)}`
      const ofKind = new RegExp(`(?:\\p{Lu}[\\p{L}'’-]*\\s+)+${noun}|${noun} of\\s+(?:\\p{Lu}[\\p{L}'’-]*\\s?)+`, 'u').exec(
        sentence.text,
      )?.[0]
      if (ofKind !== undefined && /^(?:county|district|province|region|island)$/.test(kind)) return given(ofKind.trim(), 0.8)
      const stated = location
        ?.says()
        .map((pattern) => pattern.exec(sentence.text)?.groups?.['a'])
        .find((text) => text !== undefined && keyOf(text) !== keyOf(from.text))
      if (stated === undefined) continue
      const parts = stated.split(/,\s+/)
      const state = kind === 'state' || kind === 'area' || kind === 'region' ? statesIn(sentence.text)[0] : undefined
      if (state !== undefined) return given(state, own)
      return given(
        (/^(?:state|region|area)$/.test(kind) ? parts.filter((part) => countriesIn(part).length === 0).at(-1) : parts[0]) ?? stated,
        0.7,
      )
    }
  }
  return []
}

/** The passages about a name: those of that title first, then those whose name the given one is part of, or has as a part. */
export function passagesAbout(name: string, prose: readonly Prose[]): readonly Prose[] {
  const full = keyOf(name)
  const plain = keyOf(name.replace(/\s*\([^)]*\)\s*$/, ''))
  const exact = prose.filter(({ passage }) => passage.title !== undefined && keyOf(passage.title) === full)
  if (exact.length > 0) return exact
  const named = prose.filter(({ about }) => about.includes(full) || about.includes(plain))
  if (named.length > 0) return named
  const words = plain.split(' ')
  const isPart = (key: string): boolean => {
    const others = key.split(' ')
    const [short, long] = words.length < others.length ? [words, others] : [others, words]
    return short.length > 1 && short.every((word) => long.includes(word))
  }
  return prose.filter(({ about }) => about.some(isPart))
}

/** Where a sentence names something, by its whole name; -1 where it does not. */
function mentionOf(name: string, sentence: string): number {
  return sentence.toLowerCase().indexOf(name.replace(/\s*\([^)]*\)$/, '').toLowerCase())
}

const notNames = /^(?:He|She|It|They|His|Her|Its|Their|The|This|In|On|At|A|An|I|II|After|During)$/

function trimmed(text: string): string {
  return text.replace(/(?:['’]s?|[.,;:-])+$/u, '').trim()
}
