import { shareConcept } from '../concepts.ts'
import { wordsIn } from './prose.ts'

/** A word that a question asks with. */
export interface ProseTerm {
  readonly word: string
  readonly stem: string
  /** By how few of the passages have it, 0 to 1. */
  readonly weight: number
  readonly at: number
}

const hollow = new Set(
  `what which who whom whose where when why how is was were are be been being do does did has have had can could will would shall should may might a an the of in on at to for from by with as and or
  that this these those it its his her their he she they him them there s t not no than then also name named called known many much kind type sort one two i you`.split(
    /\s+/,
  ),
)

/** The words of a question that mean something, weighed by how rare they are in some passages. */
export function termsOf(question: string, passages: readonly ReadonlySet<string>[]): readonly ProseTerm[] {
  const found: ProseTerm[] = []
  for (const { word, start } of wordsIn(question)) {
    const stem = stemOf(word)
    if (hollow.has(word) || found.some((term) => term.stem === stem)) continue
    const having = passages.filter((stems) => stems.has(stem)).length
    found.push({ word, stem, weight: Math.log(1 + passages.length / (0.5 + having)) / Math.log(1 + 2 * passages.length), at: start })
  }
  return found
}

/** A word without its ending, as far as that is regular. */
export function stemOf(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  return word
    .replace(/(?:'s|ies|es|s)$/, (end) => (end === 'ies' ? 'y' : end === 'es' ? 'e' : ''))
    .replace(/(?<=.{3})(?:ing|ed|er|or|ion|ment|al|ly|e)$/, '')
    .replace(/(.)\1$/, '$1')
}

/** How well a word says each word of a question: 1 for one stem, ½ for a word of near meaning. */
export type Matcher = (word: { readonly word: string; readonly stem: string }) => readonly number[]

/** Compares each word once. */
export function matcherOf(terms: readonly ProseTerm[]): Matcher {
  const known = new Map<string, readonly number[]>()
  return ({ word, stem }) => {
    let scores = known.get(word)
    if (scores === undefined) {
      scores = terms.map((term) => (term.stem === stem ? 1 : areNear(term, word, stem) ? 0.5 : 0))
      known.set(word, scores)
    }
    return scores
  }
}

function areNear(term: ProseTerm, word: string, stem: string): boolean {
  return term.word.length > 2 && word.length > 2 && (shareConcept(term.word, word) || shareConcept(term.stem, stem))
}
