import type { Evidence, Self } from '@graphmem/core/spec'
import { best, type Candidate } from './candidate.ts'
import { isKin, kinMatches, usualKin } from './kin.ts'
import { fold } from './names.ts'
import { bindingsOf, entityIds, isOneOf, meantBy, parentsOf } from './people.ts'
import type { QuestionReading } from './read-question.ts'
import type { Reference } from './references.ts'
import type { NamedThing, Reading } from './statements.ts'
import type { Who } from './who.ts'

/** "What is my dog called?", "Who is my wife?", "Who is Oksana?", "What kind of animal is Angus?" */
export function nameAnswer(question: QuestionReading, reading: Reading, evidence: Evidence, self: Self): Candidate | undefined {
  const reference = question.subject
  if (reference === undefined) return undefined
  if (question.expected === 'name') return calledWhat(question, reference, reading, evidence, self)
  const ids = meantBy(reference, reading, evidence, self)
  if (question.expected === 'identity') return whatTheyAre(ids, reading, self)
  if (question.expected === 'kind') return whatKind(question, ids, reading)
  return undefined
}

function calledWhat(
  question: QuestionReading,
  reference: Reference,
  reading: Reading,
  evidence: Evidence,
  self: Self,
): Candidate | undefined {
  const thing =
    reference.kin.length > 0
      ? undefined
      : question.terms.find(
          (term) =>
            term.kind === 'noun' || (term.kind === 'other' && term.token.pos === 'NOUN' && !['name', 'names'].includes(term.token.word)),
        )
  const noun = reference.kin.at(-1) ?? thing?.token.lemma
  if (noun === undefined) return undefined
  const owners = meantBy({ ...reference, kin: reference.kin.slice(0, -1) }, reading, evidence, self)
  const modifiers = reference.modifiers.map(fold).filter((word) => !loose.test(word))
  let found = bindingsOf(owners, noun, reading).filter((each) => each.names.length > 0)
  if (modifiers.length > 0) {
    const exact = found.filter((each) =>
      modifiers.every((word) => each.modifiers.includes(word) || each.noun === word || passageHas(each, word)),
    )
    found = exact
  }
  const alive = found.filter((each) => question.time !== 'now' || !isGone(each))
  if (alive.length > 0) found = alive
  const many = /s$/.test(noun) && usualKin(noun) !== noun
  const named = found.sort((a, b) => (b.passage.at ?? 0) - (a.passage.at ?? 0) || a.rank - b.rank || b.start - a.start)
  const byFact = relativeByFact(owners, noun, evidence)
  const parent = /^(mother|father|parent)$/.test(usualKin(noun)) ? ownerOf(parentsOf(owners, noun, reading)[0], reading) : undefined
  const ordinal = reference.modifiers.some((word) => word === 'second')
    ? 1
    : reference.modifiers.some((word) => word === 'first')
      ? 0
      : undefined
  const first = ordinal === undefined || named.length < 2 ? named[0] : named.slice().reverse()[ordinal]
  if (first === undefined) return best([byFact, parent])
  const chosen = many ? named.slice().reverse() : [first]
  const texts = [...new Set(chosen.flatMap((each) => each.names.map((name) => name.text)))]
  return { text: listed(texts), support: 0.92, citations: chosen.map(cite) }
}

/** What may stand before "dog" without telling which one. */
const loose = /^(?:first|second|third|new|newest|current|own|dear|beloved|lovely|cute|old|\S+-old|one|two|three|four|pet|rescue|adopted)$/

function passageHas(binding: NamedThing, word: string): boolean {
  return fold(binding.passage.text).includes(word)
}

/** "Our dog Duke passed in 2022." */
function isGone(binding: NamedThing): boolean {
  return (
    /^[^.!?;,]*\b(?:passed|died|dead|used to|ran away|late|moved out|left me|broke up)\b/i.test(
      binding.passage.text.slice(binding.start),
    ) || /\b(?:my|our) (?:late|old|first|childhood)\b/i.test(binding.passage.text.slice(binding.start, binding.end))
  )
}

function relativeByFact(owners: ReadonlySet<Who>, noun: string, evidence: Evidence): Candidate | undefined {
  const held = evidence.facts.filter((fact) => !fact.negated && fact.holds && entityIds(fact.subject).some((id) => isOneOf(owners, id)))
  for (const fact of held) {
    if (!('entityId' in fact.object) || fact.object.name === '' || fact.object.of !== undefined) continue
    const object = fact.object
    const kindOf = held
      .concat(evidence.facts)
      .filter(
        (each) => each.predicate === 'is_a' && 'value' in each.object && 'entityId' in object && each.subject.entityId === object.entityId,
      )
    const fits =
      kinMatches(noun, fact.predicate) ||
      (fact.predicate === 'has_pet' &&
        kindOf.some((each) => 'value' in each.object && kinMatches(noun, fold(each.object.value).split(' ').at(-1) ?? '')))
    if (fits) return { text: object.name, support: 0.85, citations: [{ chunkId: fact.chunkId, span: fact.span, factId: fact.factId }] }
  }
  return undefined
}

function ownerOf(binding: NamedThing | undefined, reading: Reading): Candidate | undefined {
  if (binding === undefined) return undefined
  const name = reading.bindings.flatMap((each) => each.names).find((each) => each.id === binding.owner)?.text
  return name === undefined ? undefined : { text: name, support: 0.8, citations: [cite(binding)] }
}

function whatTheyAre(ids: ReadonlySet<Who>, reading: Reading, self: Self): Candidate | undefined {
  const found = reading.bindings.filter((each) => each.noun !== '' && isKin(each.noun) && each.names.some((name) => isOneOf(ids, name.id)))
  const first = found.sort((a, b) => a.rank - b.rank)[0]
  if (first === undefined) return undefined
  const noun = [
    ...first.modifiers.filter((word) => /^(best|little|big|older|younger|elder|twin|old|former|new)$/.test(word)),
    first.names.length > 1 ? first.noun.replace(/s$/, '') : first.noun,
  ].join(' ')
  return { text: `${whose(first.owner, reading, self)}${noun}`, support: 0.9, citations: [cite(first)] }
}

function whose(owner: Who, reading: Reading, self: Self): string {
  if (owner === '@self') return self.name === undefined ? 'your ' : `${self.name}'s `
  const name = reading.bindings.flatMap((each) => each.names).find((each) => each.id === owner)?.text
  if (name !== undefined) return `${name}'s `
  return owner === '' || /[@/]/.test(owner) ? '' : `${owner.replace(/(^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase())}'s `
}

function whatKind(question: QuestionReading, ids: ReadonlySet<Who>, reading: Reading): Candidate | undefined {
  const wanted = question.typeNoun
  const nouns = question.subject?.kin.at(-1)
  const found = reading.bindings.filter(
    (each) =>
      each.noun !== '' &&
      (nouns === undefined ? each.names.some((name) => isOneOf(ids, name.id)) : isOneOf(ids, `${each.owner}/${usualKin(each.noun)}`)),
  )
  const first = found.filter((each) => each.noun !== nouns && isKin(each.noun)).sort((a, b) => b.modifiers.length - a.modifiers.length)[0]
  if (first === undefined || (wanted !== undefined && !/^(animal|pet|dog|cat|creature|bird|horse)$/.test(wanted))) return undefined
  const noun = [...first.modifiers, first.noun].join(' ')
  return { text: noun, support: 0.85, citations: [cite(first)] }
}

function cite(binding: NamedThing): Candidate['citations'][number] {
  const span = binding.passage.sentences.find((each) => binding.start >= each.start && binding.start < each.end)
  return { chunkId: binding.passage.chunkId, ...(span === undefined ? {} : { span }) }
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
}
