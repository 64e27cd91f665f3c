import type { Evidence, EvidenceEntity, Self } from '@graphmem/core/spec'
import { genderOf, kinMatches, usualKin } from './kin.ts'
import { fold, sameName } from './names.ts'
import type { Reference } from './references.ts'
import type { NamedThing, Reading } from './statements.ts'
import { calledBy, type Who } from './who.ts'

/** Everybody that a reference of the question may mean, under every name that the evidence has for them. */
export function meantBy(reference: Reference, reading: Reading, evidence: Evidence, self: Self): ReadonlySet<Who> {
  let ids = new Set<Who>([reference.root === '@self' ? '@self' : calledBy(reference.root, { self, speakers: reading.speakers })])
  addAliases(ids, evidence, reading.speakers)
  for (const noun of reference.kin) ids = addStep(ids, noun, reading, evidence)
  for (const binding of reading.bindings) {
    if (binding.names.some((name) => isOneOf(ids, name.id)) && binding.names.length === 1 && binding.noun !== '')
      ids.add(`${binding.owner}/${usualKin(binding.noun)}`)
  }
  return ids
}

/** Whether somebody is one of these, by any form of their name. */
export function isOneOf(ids: ReadonlySet<Who>, who: Who): boolean {
  if (ids.has(who)) return true
  if (who === '' || /[@/]/.test(who)) return false
  for (const id of ids) if (!/[@/]/.test(id) && sameName(id, who)) return true
  return false
}

/** The bindings that say who somebody's `noun` is: "my dog", as one of `owners`. */
export function bindingsOf(owners: ReadonlySet<Who>, noun: string, reading: Reading): NamedThing[] {
  return reading.bindings.filter((binding) => isOneOf(owners, binding.owner) && binding.noun !== '' && kinMatches(noun, binding.noun))
}

/** Those whose child somebody is: "my daughter Katrin had a baby boy. His name is Emil" for Emil's mother. */
export function parentsOf(ids: ReadonlySet<Who>, noun: string, reading: Reading): NamedThing[] {
  const wanted = genderOf(noun)
  return reading.bindings.filter((binding) => {
    if (!binding.names.some((name) => isOneOf(ids, name.id)) || !/^(son|daughter|child)$/.test(usualKin(binding.noun))) return false
    const gender = reading.bindings
      .filter((each) => each.names.some((name) => name.id === binding.owner))
      .map((each) => genderOf(each.noun))
      .find((each) => each !== undefined)
    return wanted === undefined || gender === undefined || gender === wanted
  })
}

export function entityIds(entity: EvidenceEntity): Who[] {
  const ids = [entity.name, ...entity.aliases].filter((name) => name !== '').map(fold)
  if (entity.isSelf) ids.push('@self')
  return ids
}

/** Two who both speak are two, whatever a merge says. */
function addAliases(ids: Set<Who>, evidence: Evidence, speakers: ReadonlySet<Who>): void {
  for (const entity of evidence.named) {
    if (entity.of !== undefined) continue
    const all = entityIds(entity)
    const names = all.filter(
      (name) => ids.has(name) || !speakers.has(name) || !all.some((other) => other !== name && ids.has(other) && speakers.has(other)),
    )
    if (names.some((name) => ids.has(name))) for (const name of names) ids.add(name)
  }
}

function addStep(owners: ReadonlySet<Who>, noun: string, reading: Reading, evidence: Evidence): Set<Who> {
  const next = new Set<Who>()
  for (const owner of owners) next.add(`${owner}/${usualKin(noun)}`)
  for (const binding of bindingsOf(owners, noun, reading)) {
    next.add(`${binding.owner}/${usualKin(binding.noun)}`)
    for (const name of binding.names) next.add(name.id)
  }
  for (const binding of parentsOf(owners, noun, reading)) if (/^(mother|father|parent)$/.test(usualKin(noun))) next.add(binding.owner)
  for (const fact of evidence.facts) {
    if (!('entityId' in fact.object) || fact.negated || !kinMatches(noun, fact.predicate)) continue
    if (entityIds(fact.subject).some((id) => isOneOf(owners, id))) for (const id of entityIds(fact.object)) next.add(id)
  }
  return next
}
