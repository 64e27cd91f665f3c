import type { Evidence, EvidencePassage, Self } from '@graphmem/core/spec'
import { type Binding, bindingsIn } from './bindings.ts'
import { genderOf, isAnimal, isKin, usualKin } from './kin.ts'
import { isName, nameAt, namesIn } from './names.ts'
import { fold, type Token, tokens } from './tokens.ts'

/** Somebody, as an id: `@self`, a folded name, or whose what they are: `@self/sister`. `''` is nobody in particular. */
export type Who = string

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

/** The user under any of their names is `@self`. */
export function whoIs(name: string, self: Self): Who {
  const key = fold(name)
  const own = [self.name, ...self.aliases].filter((each) => each !== undefined).map(fold)
  if (own.includes(key) || own.some((each) => each.split(' ')[0] === key)) return '@self'
  return key
}

/** Who says "I" in a passage; `''` for nobody. */
function speakerOf(passage: EvidencePassage, self: Self): Who {
  if (passage.speaker === undefined) return ''
  return passage.speaker === 'self' ? '@self' : whoIs(passage.speaker.name, self)
}

/** "Mel" is Melanie, where she is the only one of those who speak that it can be short for. */
export function calledBy(name: string, { self, speakers }: Readers): Who {
  const who = whoIs(name, self)
  if (who === '@self' || speakers.has(who)) return who
  const long = [...speakers].filter((speaker) => who.length > 1 && speaker.startsWith(who))
  return long.length === 1 && long[0] !== undefined ? long[0] : who
}

interface Readers {
  readonly self: Self
  readonly speakers: ReadonlySet<Who>
}

/** Somebody who has no name yet: "I got a puppy!" */
interface Introduced {
  readonly owner: Who
  readonly noun: string
  readonly modifiers: readonly string[]
}

interface Person {
  readonly ids: readonly Who[]
  readonly gender: 'she' | 'he' | undefined
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

const breaks = /^([,;:.!?…—–()"]|-)$/
const conjunctions = new Set([
  'and',
  'but',
  'so',
  'because',
  'cause',
  'though',
  'although',
  'while',
  'when',
  'until',
  'where',
  'then',
  'since',
  'plus',
  'or',
  'if',
])

/** A sentence cut before each comma or conjunction that a verb of its own follows. */
function clausesOf(words: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  for (const [place, token] of words.entries()) {
    if (breaks.test(token.text) || (conjunctions.has(token.word) && place > 0 && opensClause(words, place + 1))) parts.push([])
    if (!breaks.test(token.text)) parts.at(-1)?.push(token)
  }
  const clauses: Token[][] = []
  for (const part of parts) {
    if (part.length === 0) continue
    const whole = clauses.at(-1)
    if (whole !== undefined && !part.some(isVerb)) whole.push(...part)
    else clauses.push([...part])
  }
  return clauses
}

/** Whether a subject with a verb, or a verb, follows within a few words. */
function opensClause(words: readonly Token[], from: number): boolean {
  let place = from
  while (['ADV', 'PART'].includes(words[place]?.pos ?? '')) place++
  const first = words[place]
  if (first === undefined) return false
  if (first.pos === 'VERB' || first.pos === 'AUX') return true
  for (let next = place + 1; next < Math.min(words.length, place + 6); next++) {
    const token = words[next]
    if (token === undefined || breaks.test(token.text) || token.pos === 'CCONJ') return false
    if (isVerb(token)) return ['PRON', 'PROPN', 'NOUN', 'DET', 'ADJ'].includes(first.pos)
  }
  return false
}

function isVerb(token: Token): boolean {
  return (token.pos === 'VERB' || token.pos === 'AUX') && !/^(called|named|based|retired)$/.test(token.word)
}

interface Around {
  readonly speaker: Who
  readonly self: Self
  readonly last: Person | undefined
  readonly previous: readonly Who[]
  readonly first: boolean
}

interface Subject {
  readonly subjects: readonly Who[]
  readonly ofThing: boolean
  readonly person?: Person
}

function subjectOf(clause: readonly Token[], text: string, around: Around): Subject {
  const verb = clause.findIndex(isVerb)
  let at = verb < 0 ? clause.length : verb
  const own: Subject = { subjects: around.first ? [around.speaker].filter((who) => who !== '') : around.previous, ofThing: false }
  // A pronoun next to the verb is the subject, whatever stands before it.
  let near = at - 1
  while (near >= 0 && ['ADV', 'PART', 'AUX'].includes(clause[near]?.pos ?? '')) near--
  const beside = clause[near]
  if (verb >= 0 && beside?.pos === 'PRON') {
    const read = pronoun(beside.word, around)
    if (read !== undefined) {
      const joined = clause[near - 1]?.word === 'and' ? nounSubject(clause, near - 2, text, around) : undefined
      return joined === undefined ? read : { ...read, subjects: [...read.subjects, ...joined.subjects] }
    }
  }
  if (near >= 0 && verb >= 0) {
    const read = nounSubject(clause, leadingHead(clause, at) ?? near, text, around)
    if (read !== undefined) return read
    return ['CCONJ', 'SCONJ', 'ADP', 'INTJ'].includes(beside?.pos ?? '') ? own : { subjects: [], ofThing: true }
  }
  if (verb < 0) {
    // "Not married, no kids", "Proud of that girl": of the speaker, unless a name or kin word leads.
    at = clause.findIndex((token) => ['PROPN', 'NOUN', 'PRON'].includes(token.pos))
    const lead = clause[at]
    if (lead !== undefined && clause.length < 8 && (/^(my|our)$/.test(lead.word) || clause[0]?.word === 'the')) {
      const name = isName(clause, clause.length - 1) ? nounSubject(clause, clause.length - 1, text, around) : undefined
      if (name !== undefined) return name

      const kin = clause.findIndex((token, place) => place >= at && place < at + 4 && isKin(token.word))
      const read = kin < 0 ? undefined : nounSubject(clause, isName(clause, kin + 1) ? kin + 1 : kin, text, around)
      if (read !== undefined) return read
    }
    if (lead?.pos === 'PRON') return pronoun(lead.word, around) ?? own
  }
  return own
}

function pronoun(word: string, around: Around): Subject | undefined {
  if (/^(i|we|me)$/.test(word)) return { subjects: [around.speaker], ofThing: false }
  if (word === 'you') return { subjects: ['@listener'], ofThing: false }
  if (word === 'he' || word === 'she') return { subjects: around.last?.ids ?? ['@someone'], ofThing: false }
  if (word === 'they') return { subjects: around.last?.ids ?? around.previous, ofThing: false }
  if (/^(it|that|this|there|which|what)$/.test(word)) return { subjects: around.previous, ofThing: true }
  if (word === 'who') return { subjects: around.last?.ids ?? around.previous, ofThing: false }
  return undefined
}

/** The head of the noun phrase that a clause begins with, when a preposition comes before the verb: "The *sister* nearest me in age is". */
function leadingHead(clause: readonly Token[], verb: number): number | undefined {
  const prepositions = clause.slice(0, verb).findIndex((token, place) => token.pos === 'ADP' && place > 0)
  const first = clause.findIndex((token) => !['CCONJ', 'SCONJ', 'ADV', 'INTJ', 'PART'].includes(token.pos))
  if (prepositions <= 0 || clause[first]?.pos === 'ADP') return undefined
  for (let place = first; place < prepositions; place++) {
    const token = clause[place]
    if (token !== undefined && isKin(token.word)) return isName(clause, place + 1) ? place + 1 : place
  }
  return undefined
}

function nounSubject(clause: readonly Token[], at: number, text: string, around: Around): Subject | undefined {
  let place = at
  const head = clause[place]
  if (head === undefined) return undefined
  const ids: Who[] = []
  if (isName(clause, place)) {
    while (isName(clause, place - 1)) place--
    const run = nameAt(clause, place, text)
    if (run !== undefined) ids.push(whoIs(run.text, around.self))
    const joiner = clause[place - 1]
    if (joiner?.word === 'and' && isName(clause, place - 2)) ids.push(...(nounSubject(clause, place - 2, text, around)?.subjects ?? []))
    if (joiner !== undefined && isKin(joiner.word)) ids.push(...(nounSubject(clause, place - 1, text, around)?.subjects ?? []))
    return { subjects: ids, ofThing: false, person: { ids, gender: joiner === undefined ? undefined : genderOf(joiner.word) } }
  }
  if (!['NOUN', 'PROPN', 'ADJ', 'NUM', 'VERB'].includes(head.pos)) return undefined
  let from = place
  while (from > 0 && ['ADJ', 'NOUN', 'NUM', 'ADV'].includes(clause[from - 1]?.pos ?? '')) from--
  const owner = clause[from - 1]
  const kin = isKin(head.word)
  let who: Who = around.speaker
  if (owner?.word === "'s") {
    let start = from - 2
    while (isName(clause, start - 1)) start--
    const possessor = nounSubject(clause, from - 2, text, around)
    who = possessor?.subjects[0] ?? ''
    if (!kin) return { subjects: possessor?.subjects ?? [], ofThing: true }
  } else if (owner !== undefined && /^(his|her|their)$/.test(owner.word)) who = around.last?.ids[0] ?? ''
  else if (owner?.word === 'your') who = '@listener'
  else if (owner !== undefined && !/^(my|our|the|a|an|this)$/.test(owner.word) && !kin) return { subjects: around.previous, ofThing: true }
  if (!kin) return { subjects: who === '' ? [] : [who], ofThing: true }
  const id = `${who}/${usualKin(head.word)}`
  return { subjects: [id], ofThing: false, person: { ids: [id], gender: genderOf(head.word) } }
}
