import type { RecallIndex } from '../index-segments/recall-index.ts'
import { isContradiction } from '../ingest/contradiction.ts'
import type { RecordKind } from '../spec/index.ts'

/** Ids of records that go, by kind. */
export type Removal = Readonly<Record<RecordKind, ReadonlySet<string>>>

/**
 * What has to go when episodes or facts are forgotten: they, what is read in them, and whatever rests on nothing else then. Walks the index of the
 * memory once.
 */
export function removalOf(index: RecallIndex, episodeIds: readonly string[], factIds: readonly string[]): Removal {
  const episodes = new Set(episodeIds.filter((id) => index.episodes.has(id)))
  const chunks = new Set(
    [...episodes].flatMap((id) => (index.chunksOfEpisode.get(id) ?? []).flatMap((number) => index.chunks[number]?.id ?? [])),
  )
  const facts = new Set(factIds.filter((id) => index.facts.has(id)))
  const assertions = new Set<string>()
  for (const { id, chunkId, factId } of index.facts.assertions()) if (chunks.has(chunkId) || facts.has(factId)) assertions.add(id)
  for (const fact of index.facts.values()) {
    if (!fact.assertions.every((assertion) => assertions.has(assertion.id) || isContradiction(assertion))) continue
    facts.add(fact.id)
    for (const { id } of fact.assertions) assertions.add(id)
  }
  const decisions = new Set<string>()
  for (const { id, chunkId } of index.decisions.values()) if (chunkId !== undefined && chunks.has(chunkId)) decisions.add(id)
  const senses = unusedSenses(index, chunks, facts, decisions)
  for (const { id, senses: pair } of index.decisions.values()) if (pair.some((sense) => senses.has(sense))) decisions.add(id)
  const corrections = new Set(
    index.corrections.filter(({ target }) => facts.has(target.id) || decisions.has(target.id)).map(({ id }) => id),
  )
  return { episodes, chunks, senses, decisions, facts, assertions, corrections }
}

/**
 * Senses that nothing which stays mentions, speaks of, owns by, or says to be the same as another. A decision by names alone keeps no sense, nor does
 * one whose passage may not have the other name.
 */
function unusedSenses(
  index: RecallIndex,
  chunks: ReadonlySet<string>,
  facts: ReadonlySet<string>,
  decisions: ReadonlySet<string>,
): ReadonlySet<string> {
  const used = new Set<string>()
  for (const id of index.mentionsOf.keys()) {
    if (index.mentionsOf.get(id).some(({ chunk }) => !chunks.has(index.chunks[chunk]?.id ?? ''))) used.add(id)
  }
  for (const { id, subjectId, object } of index.facts.values()) {
    if (facts.has(id)) continue
    used.add(subjectId)
    if ('senseId' in object) used.add(object.senseId)
  }
  for (const { id, senses, rule } of index.decisions.values()) {
    if (!decisions.has(id) && rule !== 'name' && rule !== 'resolved') for (const sense of senses) used.add(sense)
  }
  for (const id of used) {
    const owner = index.senses.get(id)?.discriminator
    if (owner !== undefined && index.senses.has(owner)) used.add(owner)
  }
  return new Set([...index.senses.keys()].filter((id) => !used.has(id)))
}
