import { areTitledApart } from '../analysis/name-key.ts'
import type { Decision, Instant, Self, Sense } from '../spec/index.ts'
import { sameDecision } from './same-decision.ts'
import { selfSense, senseOfName } from './senses.ts'

/**
 * Proposes which senses are the same by their names alone: those of one block and one discriminator ("Google" and "Google Inc."). Pairs are
 * judged one by one and each is a decision of its own, so that the order in which the names came does not matter.
 */
export function sameByName(arrived: readonly Sense[], known: readonly Sense[], recordedAt: Instant): readonly Decision[] {
  const byBlock = new Map<string, Sense[]>()
  for (const sense of new Map([...known, ...arrived].map((sense) => [sense.id, sense])).values()) {
    const blockmates = byBlock.get(sense.block)
    if (blockmates === undefined) byBlock.set(sense.block, [sense])
    else blockmates.push(sense)
  }
  const decisions = new Map<string, Decision>()
  for (const sense of arrived) {
    for (const other of byBlock.get(sense.block) ?? []) {
      if (other.id === sense.id || other.discriminator !== sense.discriminator || areTitledApart(sense.key, other.key)) continue
      const decision = sameDecision(sense.id, other.id, 'name', 0.95, recordedAt)
      decisions.set(decision.id, decision)
    }
  }
  return [...decisions.values()]
}

/** That the user and the names the user goes by are the same, with the senses this needs. */
export function sameAsSelf(
  self: Self,
  recordedAt: Instant,
): { readonly senses: readonly Sense[]; readonly decisions: readonly Decision[] } {
  const names = [self.name, ...self.aliases].flatMap((name) => (name === undefined ? [] : (senseOfName(name, '') ?? [])))
  return {
    senses: names.length === 0 ? [] : [selfSense, ...names],
    decisions: names.map((name) => sameDecision(selfSense.id, name.id, 'self', 1, recordedAt)),
  }
}
