import type { Evidence, EvidenceEntity, EvidenceFact, EvidencePassage, Question } from '../spec/index.ts'
import { speakerOf, userOf } from './passage-document.ts'
import { isoOf, isoThrough } from './period.ts'

/** A question and what was recalled for it as a model reads it: ids of passages and facts by their places, P1 and F1, and no others. */
export function evidenceDocument({ text, self, at }: Question, { passages, facts, named }: Evidence): object {
  const passageIds = new Map(passages.map(({ chunkId }, place) => [chunkId, `P${place + 1}`]))
  return {
    question: { text, user: userOf(self), time: isoOf(at) },
    evidence: {
      passages: passages.map(passageOf),
      facts: facts.map((fact, place) => ({ id: `F${place + 1}`, ...factOf(fact), passage: passageIds.get(fact.chunkId) ?? null })),
      named: named.map((entity) => ({ name: nameOf(entity), aliases: entity.aliases, type: entity.type })),
    },
  }
}

function passageOf({ text, title, speaker, at }: EvidencePassage, place: number): object {
  return {
    id: `P${place + 1}`,
    title: title ?? null,
    speaker: speakerOf(speaker),
    time: at === undefined ? null : isoOf(at),
    text,
  }
}

function factOf({ subject, predicate, object, valid, negated, holds, at }: EvidenceFact): object {
  return {
    subject: nameOf(subject),
    predicate,
    object: 'value' in object ? object.value : nameOf(object),
    negated,
    holds,
    from: valid.from === undefined ? null : isoOf(valid.from, valid.fromPrecision),
    until: valid.until === undefined ? null : isoThrough(valid.until, valid.untilPrecision),
    said: at === undefined ? null : isoOf(at, 'day'),
  }
}

function nameOf({ name, isSelf, of }: EvidenceEntity): string {
  if (isSelf && name === '') return 'the user'
  return of === undefined ? name : `${name} of ${of}`
}
