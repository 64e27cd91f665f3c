import { cutSentences } from '../analysis/cut-sentences.ts'
import type { Known, Passage, Self, TextSpan } from '../spec/index.ts'
import { isoOf, isoThrough } from './period.ts'

/** The sentences of a passage: what a model cites by their numbers, from 1. */
export function sentencesOf({ text }: Passage): readonly TextSpan[] {
  return cutSentences(text)
}

/** A passage as a model reads it, with what is known near it. */
export function passageDocument(passage: Passage, readsKnown: boolean): object {
  const { text, kind, title, speaker, self, at, known } = passage
  return {
    passage: {
      kind,
      title: title ?? null,
      speaker: speakerOf(speaker),
      time: at === undefined ? null : isoOf(at),
      sentences: sentencesOf(passage).map(({ start, end }, place) => ({ number: place + 1, text: text.slice(start, end) })),
    },
    user: userOf(self),
    known: readsKnown ? knownDocument(known ?? { entities: [], facts: [] }) : { entities: [], facts: [] },
  }
}

/** How the user is called. */
export function userOf({ name, aliases }: Self): object {
  return { name: name ?? null, aliases }
}

/** Who says "I". */
export function speakerOf(speaker: Passage['speaker']): object | null {
  if (speaker === undefined) return null
  if (speaker === 'self') return { is: 'the user' }
  return { is: 'somebody else', name: speaker.name === '' ? null : speaker.name }
}

function knownDocument({ entities, facts }: Known): object {
  return {
    entities: entities.map(({ name, aliases, type }, place) => ({ id: `E${place + 1}`, name, aliases, type })),
    facts: facts.map(({ subject, predicate, object, valid }, place) => ({
      id: `F${place + 1}`,
      subject: `E${subject + 1}`,
      predicate,
      object,
      from: valid.from === undefined ? null : isoOf(valid.from, valid.fromPrecision),
      until: valid.until === undefined ? null : isoThrough(valid.until, valid.untilPrecision),
    })),
  }
}

/** The place that a short id stands for: "E2" is 1. `undefined` for what is none. */
export function placeOf(id: string, letter: string): number | undefined {
  const number = new RegExp(`^\\s*${letter}(\\d{1,6})\\s*$`, 'i').exec(id)?.[1]
  return number === undefined || number === '0' ? undefined : Number(number) - 1
}
