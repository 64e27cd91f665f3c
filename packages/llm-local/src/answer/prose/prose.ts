import type { Evidence, EvidencePassage } from '@graphmem/core/spec'
import { fold } from '../tokens.ts'

/** A passage in which nobody says "I", and what it is about. */
export interface Prose {
  readonly passage: EvidencePassage
  /** The keys of its title, of its title without what is in brackets, and of the name that it begins with. */
  readonly about: readonly string[]
  /** What it is about, as it is written. */
  readonly name: string | undefined
  readonly sentences: readonly ProseSentence[]
}

export interface ProseSentence {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** No more is read of a sentence: what is longer is a table or a list. */
const longest = 1_500

/** The passages of documents, best first. */
export function readProse(evidence: Evidence): readonly Prose[] {
  return evidence.passages
    .filter(({ kind, speaker }) => kind === 'document' && speaker === undefined)
    .map((passage) => {
      const title = passage.title?.replace(/\s*\([^)]*\)\s*$/, '')
      const lead = leadName(passage.text)
      const isLead = lead !== undefined && (title === undefined || sharesWord(lead, title))
      const names = [passage.title, title, isLead ? lead : undefined].filter((name) => name !== undefined)
      return {
        passage,
        about: [...new Set(names.map(keyOf))].filter((key) => key !== ''),
        name: title ?? (isLead ? lead : undefined),
        sentences: passage.sentences.map(({ start, end }) => ({
          text: passage.text.slice(start, Math.min(end, start + longest)),
          start,
          end,
        })),
      }
    })
}

/** A name without case, accents and marks: its words. */
export function keyOf(name: string): string {
  return wordsIn(name)
    .map(({ word }) => word)
    .join(' ')
}

/** The words of a text, folded, with their places in it. */
export function wordsIn(text: string): readonly { readonly word: string; readonly start: number; readonly end: number }[] {
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), (match) => ({
    word: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** "Shawn Adam Levy (born July 23, 1968) is", "Truck Turner, also known as". */
function leadName(text: string): string | undefined {
  return /^["“']?((?:\p{Lu}[\p{L}\p{M}'’.-]*|\d+|of|the|de|von|van|and|[&:])(?:[ :](?:\p{Lu}[\p{L}\p{M}'’.-]*|\d+|of|the|de|da|di|von|van|der|bin|al|and|[&:])){0,9})["”']?\s*(?:\(|,|is\b|was\b|are\b|were\b)/u.exec(
    text,
  )?.[1]
}

function sharesWord(a: string, b: string): boolean {
  const words = new Set(keyOf(a).split(' '))
  return keyOf(b)
    .split(' ')
    .some((word) => word.length > 2 && words.has(word))
}

/** Whether a passage speaks of a man or of a woman, by its pronouns. */
export function genderOf({ passage }: Prose): 'she' | 'he' | undefined {
  const she = passage.text.match(/\b(?:she|her|hers|herself|daughter|princess|queen|empress|actress)\b/gi)?.length ?? 0
  const he = passage.text.match(/\b(?:he|his|him|himself|king|prince|emperor)\b/gi)?.length ?? 0
  return she === he ? undefined : she > he ? 'she' : 'he'
}
