import { speakerOf } from '../ingest/speaker-of.ts'
import type { Found } from '../recall/find.ts'
import type { RankedChunk } from '../recall/rank.ts'
import type { Evidence, EvidenceEntity, EvidenceFact, EvidencePassage } from '../spec/index.ts'
import type { EntityView, FactView } from '../view/views.ts'

/** What was found, as a reasoner reads it. Facts whose sentence was not read are left out. */
export function evidenceOf(found: Found): Evidence {
  const { passages, around, facts, entities, named } = found.ranking
  const byId = new Map(entities.map((entity) => [entity.id, entity]))
  const chunks = new Map([...passages, ...around].map((ranked) => [ranked.chunk.id, ranked]))
  return {
    passages: [...passages, ...around].flatMap((ranked) => passage(ranked, found)),
    facts: facts.flatMap((fact) => evidenceFact(fact, chunks, byId)),
    named: named.map(evidenceEntity),
  }
}

function passage({ chunk, score }: RankedChunk, found: Found): readonly EvidencePassage[] {
  const read = found.texts.get(chunk.id)
  if (read === undefined) return []
  const { kind, title, at, session, sequence } = chunk.episode
  const speaker = speakerOf(chunk.episode)
  return [
    {
      chunkId: chunk.id,
      text: read.text,
      sentences: read.sentences,
      kind,
      score,
      ...(title === undefined ? {} : { title }),
      ...(speaker === undefined ? {} : { speaker }),
      ...(at === undefined ? {} : { at }),
      ...(session === undefined ? {} : { session }),
      ...(sequence === undefined ? {} : { sequence }),
    },
  ]
}

function evidenceFact(
  fact: FactView,
  chunks: ReadonlyMap<string, RankedChunk>,
  entities: ReadonlyMap<string, EntityView>,
): readonly EvidenceFact[] {
  const support = fact.support.findLast(({ chunkId }) => chunks.has(chunkId))
  const at = chunks.get(support?.chunkId ?? '')?.chunk.episode.at
  if (support === undefined) return []
  const reference = ({ entityId, name }: { readonly entityId: string; readonly name: string }): EvidenceEntity => {
    const entity = entities.get(entityId)
    return entity === undefined ? { entityId, name, aliases: [], type: 'other', isSelf: false } : evidenceEntity(entity)
  }
  return [
    {
      factId: fact.id,
      subject: reference(fact.subject),
      predicate: fact.predicate,
      object: 'value' in fact.object ? fact.object : reference(fact.object),
      valid: {
        ...(fact.validFrom === undefined ? {} : { from: fact.validFrom.date.getTime(), fromPrecision: fact.validFrom.precision }),
        ...(fact.validUntil === undefined ? {} : { until: fact.validUntil.date.getTime(), untilPrecision: fact.validUntil.precision }),
      },
      negated: fact.negated,
      holds: fact.holds,
      chunkId: support.chunkId,
      span: { start: support.start, end: support.end },
      ...(at === undefined ? {} : { at }),
      confidence: fact.confidence,
    },
  ]
}

function evidenceEntity({ id, name, aliases, type, isSelf, of }: EntityView): EvidenceEntity {
  return { entityId: id, name, aliases, type, isSelf, ...(of === undefined ? {} : { of }) }
}
