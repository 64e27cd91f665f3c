import { areNumberedApart, areTitledApart, givenAndFamilyName, nameKey } from '../analysis/name-key.ts'
import type { Decision, ExtractedName, Extraction, Instant, Sense } from '../spec/index.ts'
import type { Around, KnownEntity } from './known-around.ts'
import { sameDecision } from './same-decision.ts'

/** What a reasoner is less sure of than this is no decision. */
export const leastConfidence = 0.7

/**
 * The decisions that names of a passage mean entities which the memory knew. None where the names themselves speak against it, where the user or a
 * decision told the two apart, or for who speaks: whoever says "I" is known.
 */
export function resolvedOf(
  { names, resolved = [] }: Extraction,
  senses: readonly (Sense | undefined)[],
  around: Around,
  chunkId: string,
  recordedAt: Instant,
): readonly Decision[] {
  return resolved.flatMap(({ name: place, entity: known, confidence }) => {
    const [name, sense, entity] = [names[place], senses[place], around.entities[known]]
    const [other] = entity?.senses ?? []
    if (name === undefined || sense === undefined || entity === undefined || other === undefined || confidence < leastConfidence) return []
    if (entity.senses.some(({ id }) => id === sense.id) || entity.apart.has(sense.id) || areApart(name, entity)) return []
    return [sameDecision(sense.id, other.id, 'resolved', confidence, recordedAt, chunkId)]
  })
}

function areApart({ name, type }: ExtractedName, { view }: KnownEntity): boolean {
  if (typeof name !== 'string') return true
  if (type !== 'other' && view.type !== 'other' && (type === 'person') !== (view.type === 'person')) return true
  const key = nameKey(name)
  const keys = [view.name, ...view.aliases].filter((known) => known !== '').map(nameKey)
  return (
    keys.some((known) => areTitledApart(key, known) || (type === 'person' && shareFamilyNameOnly(key, known))) ||
    (keys.length > 0 && keys.every((known) => areNumberedApart(key, known)))
  )
}

/** "Jane Smith" and "John Smith"; not "J. Smith". */
function shareFamilyNameOnly(key: string, other: string): boolean {
  const [one, two] = [givenAndFamilyName(key), givenAndFamilyName(other)]
  if (one === undefined || two === undefined || one.family !== two.family) return false
  return !one.given.startsWith(two.given) && !two.given.startsWith(one.given)
}
