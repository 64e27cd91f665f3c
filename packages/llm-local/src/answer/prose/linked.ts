import type { Prose } from './prose.ts'
import type { ReadProse } from './read-words.ts'
import type { Matcher, ProseTerm } from './terms.ts'

/** How well each of a question's words is said, 0 to 1. */
export type Cover = readonly number[]

/** A passage with what it says of a question, and the passages that it names or that name it. */
export interface LinkedProse extends ReadProse {
  readonly cover: Cover
  readonly links: readonly LinkedProse[]
}

/** Links the passages that name each other. */
export function linkProse(reads: readonly ReadProse[], terms: readonly ProseTerm[], match: Matcher): readonly LinkedProse[] {
  const linked = reads.map((read) => ({ ...read, cover: coverOf(read, terms, match), links: [] as LinkedProse[] }))
  for (const one of linked) {
    for (const other of linked)
      if (one !== other && (isNamedIn(one.prose, other.prose) || isNamedIn(other.prose, one.prose))) one.links.push(other)
  }
  return linked
}

/** The weight of the words that are said. */
export function weightOf(cover: Cover, terms: readonly ProseTerm[]): number {
  return cover.reduce((sum, score, place) => sum + score * (terms[place]?.weight ?? 0), 0)
}

/** The most of a question that a passage says by itself or together with one that it is linked to. */
export function pairWeight({ cover, links }: LinkedProse, terms: readonly ProseTerm[]): number {
  const both = links.map((other) => cover.map((score, place) => Math.max(score, other.cover[place] ?? 0)))
  return Math.max(...[cover, ...both].map((each) => weightOf(each, terms)))
}

/** The most that a sentence adds to what a linked passage says, at most what that one says. */
export function addedWeight(sentence: Cover, { links }: LinkedProse, terms: readonly ProseTerm[]): number {
  const added = links.map((other) =>
    Math.min(
      weightOf(other.cover, terms),
      weightOf(
        sentence.map((score, place) => Math.max(0, score - (other.cover[place] ?? 0))),
        terms,
      ),
    ),
  )
  return Math.max(0, ...added)
}

function coverOf({ stems, words }: ReadProse, terms: readonly ProseTerm[], match: Matcher): Cover {
  const cover: number[] = terms.map((term) => (stems.has(term.stem) ? 1 : 0))
  for (const word of words.flat()) for (const [place, score] of match(word).entries()) if (score > (cover[place] ?? 0)) cover[place] = score
  return cover
}

function isNamedIn({ name }: Prose, { passage }: Prose): boolean {
  return name !== undefined && name.length > 2 && passage.text.includes(name)
}
