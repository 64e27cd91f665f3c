import type { Self } from '@graphmem/core/spec'
import { isVerb } from './clauses.ts'
import { genderOf, isKin, usualKin } from './kin.ts'
import { isName, nameAt } from './names.ts'
import type { Token } from './tokens.ts'
import { type Person, type Who, whoIs } from './who.ts'

/** What a clause's subject is read with. */
export interface Around {
  readonly speaker: Who
  readonly self: Self
  readonly last: Person | undefined
  readonly previous: readonly Who[]
  readonly first: boolean
}

/** Whom a clause is about. */
export interface Subject {
  readonly subjects: readonly Who[]
  readonly ofThing: boolean
  readonly person?: Person
}

/** Whom a clause says something of: by a pronoun, a name, what somebody is to another, or nobody new. */
export function subjectOf(clause: readonly Token[], text: string, around: Around): Subject {
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
