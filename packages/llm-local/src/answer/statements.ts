import type { Evidence, EvidencePassage, Self } from '@graphmem/core/spec'
import { type Binding, bindingsIn } from './bindings.ts'
import { subjectOf } from './clause-subject.ts'
import { clausesOf, isVerb } from './clauses.ts'
import { genderOf, isAnimal, isKin, usualKin } from './kin.ts'
import { namesIn } from './names.ts'
import { type Token, tokens } from './tokens.ts'
import { calledBy, type Person, type Readers, speakerOf, type Who, whoIs } from './who.ts'

/** A clause with its verb, and whom it is about. */
export interface Statement {
  readonly passage: EvidencePassage
  /** The place of the passage among the evidence, best first. */
  readonly rank: number
  readonly sentence: number
  /** Within the passage's text. */
  readonly start: number
  readonly end: number
  readonly tokens: readonly Token[]
  /** Whoever the clause says something of. */
  readonly subjects: readonly Who[]
  /** Everybody else it names. */
  readonly others: readonly Who[]
  /** Whether the subject is a thing of the subject's ("my birthday"), not the person. */
  readonly ofThing: boolean
  readonly speaker: Who
  /** Whether "I" or "my" is in it, or it has no subject of its own ("Went to the lake"). */
  readonly firstPerson: boolean
  readonly isQuestion: boolean
  /** Whether it only supposes: "if you've never played". */
  readonly supposes: boolean
}

export interface NamedThing extends Omit<Binding, 'owner' | 'names'> {
  readonly owner: Who
  readonly names: readonly { readonly id: Who; readonly text: string; readonly start: number; readonly end: number }[]
  readonly passage: EvidencePassage
  readonly rank: number
  readonly start: number
  readonly end: number
}

export interface Reading {
  readonly statements: readonly Statement[]
  readonly bindings: readonly NamedThing[]
  /** Everybody who speaks. */
  readonly speakers: ReadonlySet<Who>
}

/** Reads all passages: who says what of whom, and who is called what. */
export function readEvidence(evidence: Evidence, self: Self): Reading {
  const statements: Statement[] = []
  const bindings: NamedThing[] = []
  const order = [...evidence.passages.entries()].sort(
    ([, a], [, b]) =>
      (a.at ?? 0) - (b.at ?? 0) || (a.session ?? '').localeCompare(b.session ?? '') || (a.sequence ?? 0) - (b.sequence ?? 0),
  )
  const speakers = new Set(evidence.passages.map((passage) => speakerOf(passage, self)).filter((who) => who !== ''))
  let before: { passage: EvidencePassage; last: Person | undefined } | undefined
  const introducedBy = new Map<string, Introduced>()
  for (const [rank, passage] of order) {
    const follows =
      before !== undefined &&
      before.passage.session !== undefined &&
      before.passage.session === passage.session &&
      (passage.sequence ?? -9) - (before.passage.sequence ?? 0) === 1
    const reader = passageReader(passage, rank, { self, speakers }, follows ? before?.last : undefined, introducedBy)
    statements.push(...reader.statements)
    bindings.push(...reader.bindings)
    before = { passage, last: reader.last }
  }
  return { statements, bindings, speakers }
}

/** Somebody who has no name yet: "I got a puppy!" */
interface Introduced {
  readonly owner: Who
  readonly noun: string
  readonly modifiers: readonly string[]
}

function passageReader(
  passage: EvidencePassage,
  rank: number,
  readers: Readers,
  carried: Person | undefined,
  introducedBy: Map<string, Introduced>,
) {
  const { self } = readers
  const speaker = speakerOf(passage, self)
  const statements: Statement[] = []
  const bindings: NamedThing[] = []
  let last = carried
  const key = `${passage.session ?? passage.chunkId} ${speaker}`
  let introduced = introducedBy.get(key)
  const all = tokens(passage.text)
  const nameText = new Map<Who, string>()

  const ownerOf = (word: string): Who => {
    if (/^(my|our|we|i|us|me)$/.test(word) || word === '') return speaker
    if (/^(your|you)$/.test(word)) return '@listener'
    if (/^(his|her|their|its|he|she|they|it)$/.test(word)) return last?.ids[0] ?? ''
    return whoIs(word, self)
  }

  for (const [sentence, span] of passage.sentences.entries()) {
    const words = all.filter((token) => token.start >= span.start && token.end <= span.end)
    if (words.length === 0) continue
    const found = bindingsIn(words, passage.text, (word) =>
      word === '' ? speaker : word === 'a' ? '@clause' : /^(his|her|its|their|he|she|it|they)$/.test(word) ? `@${word}` : ownerOf(word),
    )
    let subjects: readonly Who[] = speaker === '' ? [] : [speaker]
    let clauseStart = true
    for (const clause of clausesOf(words)) {
      const read = subjectOf(clause, passage.text, { speaker, self, last, previous: subjects, first: clauseStart })
      clauseStart = false
      subjects = read.subjects
      if (read.person !== undefined) last = read.person
      const first = clause[0]
      const end = clause.at(-1)
      if (first === undefined || end === undefined) continue
      for (const binding of found.filter(
        (each) => (words[each.from]?.start ?? -1) >= first.start && (words[each.from]?.start ?? Infinity) <= end.start,
      )) {
        let { owner, noun, modifiers } = binding
        if (owner === '@clause') owner = read.ofThing || subjects.includes(speaker) ? speaker : (subjects[0] ?? speaker)
        if (binding.names.some((run) => whoIs(run.text, self) === owner)) owner = speaker
        const pronoun = /^@(his|her|its|their|he|she|it|they)$/.test(owner)
        if (noun === '' && pronoun && introduced !== undefined) ({ owner, noun, modifiers } = introduced)
        else if (noun === '' && owner !== speaker) continue
        else if (pronoun) owner = last?.ids[0] ?? ''
        const names = binding.names.map((run) => ({
          id: whoIs(run.text, self),
          text: run.text,
          start: words[run.from]?.start ?? 0,
          end: words[run.until - 1]?.end ?? 0,
        }))
        bindings.push({
          owner,
          noun,
          modifiers,
          names,
          passage,
          rank,
          from: binding.from,
          until: binding.until,
          start: words[binding.from]?.start ?? span.start,
          end: words[binding.until - 1]?.end ?? span.end,
        })
        if (noun === '') continue
        introduced = names.length > 0 && binding.noun === '' ? undefined : { owner, noun, modifiers }
        const gender = genderOf(noun)
        if (isKin(noun)) last = { ids: [...names.map((each) => each.id), `${owner}/${usualKin(noun)}`], gender }
      }
      const complement = complementOf(clause)
      const subjectNames = subjects.filter((who) => who !== speaker && !/[@/]/.test(who))
      if (complement !== undefined && clause[0]?.pos === 'PRON' && subjectNames[0] !== undefined) {
        bindings.push({
          owner: speaker,
          noun: complement.noun.word,
          modifiers: complement.modifiers,
          names: [{ id: subjectNames[0], text: nameText.get(subjectNames[0]) ?? subjectNames[0], start: first.start, end: end.end }],
          passage,
          rank,
          from: 0,
          until: 0,
          start: first.start,
          end: end.end,
        })
      }
      for (const run of namesIn(clause, passage.text)) nameText.set(whoIs(run.text, self), run.text)
      const named = namesIn(clause, passage.text)
        .filter((run) => !/^(in|at|from|to|near|on)$/.test(clause[run.from - 1]?.word ?? ''))
        .filter((run) => !isAddress(words, clause[run.from], clause[run.until - 1], calledBy(run.text, readers), speaker, readers))
        .map((run) => calledBy(run.text, readers))
      const lone = named.filter((id) => !subjects.includes(id) && id !== '@self')
      if (last === undefined && lone[0] !== undefined) last = { ids: [lone[0]], gender: undefined }
      statements.push({
        passage,
        rank,
        sentence,
        start: first.start,
        end: end.end,
        tokens: clause,
        subjects,
        others: lone,
        ofThing: read.ofThing,
        speaker,
        firstPerson:
          clause.some((token) => /^(i|my|me|we|our|us|mine|myself)$/.test(token.word)) ||
          (!read.ofThing && read.subjects[0] === speaker && isVerb(clause[0] ?? first)),
        supposes: /^(if|whether|unless)$/.test(first.word),
        isQuestion: /\?\s*$/.test(passage.text.slice(span.start, span.end)),
      })
    }
  }
  if (introduced !== undefined) introducedBy.set(key, introduced)
  return { statements, bindings, last }
}

/** "He's *a ginger tabby*", "she's *my cousin*": what the subject of a clause is to the speaker. */
function complementOf(clause: readonly Token[]): { noun: Token; modifiers: readonly string[] } | undefined {
  const be = clause.findIndex((token) => token.lemma === 'be' || token.word === "'s")
  const determiner = clause[be + 1]
  if (be < 1 || determiner === undefined || !/^(a|an|my|our)$/.test(determiner.word)) return undefined
  const at = clause.findIndex(
    (token, place) => place > be + 1 && place < be + 6 && token.pos === 'NOUN' && clause[place + 1]?.pos !== 'NOUN',
  )
  const noun = clause[at]
  if (noun === undefined || !(isAnimal(noun.word) || (isKin(noun.word) && /^(my|our)$/.test(determiner.word)))) return undefined
  return { noun, modifiers: clause.slice(be + 2, at).map((token) => token.word) }
}

/** "Thanks, Melanie!": a name that calls somebody to listen tells nothing of them. */
function isAddress(
  words: readonly Token[],
  first: Token | undefined,
  last: Token | undefined,
  who: Who,
  speaker: Who,
  readers: Readers,
): boolean {
  if (!readers.speakers.has(who) || who === speaker || first === undefined || last === undefined) return false
  const before = words[words.indexOf(first) - 1]
  const after = words[words.indexOf(last) + 1]
  const opens =
    before === undefined ||
    before.pos === 'PUNCT' ||
    before.pos === 'INTJ' ||
    /^(hey|hi|hello|thanks|wow|yeah|congrats|aww|yo|sorry|cool|yay|dear|yep|oh|bye|sure|nice|great|awesome)$/.test(before.word)
  const closes = after === undefined || after.pos === 'PUNCT' || after.pos === 'SYM'
  return closes && (opens || after === undefined || /^[!.?]/.test(after.text))
}
