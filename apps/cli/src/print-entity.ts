import type { ApproximateDate, EntityView, EpisodeSummary, FactView } from '@graphmem/core'
import { originOf } from './print-evidence.ts'
import { aligned, counted, oneLine } from './terminal.ts'

/** Entities as rows of name, type and mentions. */
export function listedEntities(entities: readonly EntityView[]): string {
  return aligned(entities.map((entity) => [nameOf(entity), `${entity.type} · ${counted(entity.mentions, 'mention')}`]))
}

/** An entity with its facts and neighbours. Of `facts` only its own are printed. */
export function printedEntity(entity: EntityView, facts: readonly FactView[], episodes: ReadonlyMap<string, EpisodeSummary>): string {
  const own = facts.filter((fact) => farEnds(fact).includes(entity.id))
  const neighbours = [...new Set(own.flatMap((fact) => neighbourOf(fact, entity.id)))]
  const others = entity.aliases.filter((alias) => alias !== entity.name).map(oneLine)
  return [
    `${nameOf(entity)} · ${entity.type} · ${counted(entity.mentions, 'mention')}`,
    ...(others.length > 0 ? [`  also called: ${others.join(', ')}`] : []),
    ...own.map((fact) => `  ${sentenceOf(fact)}${timeOf(fact)}\n      ${supportOf(fact, episodes)}`),
    ...(neighbours.length > 0 ? [`  neighbours: ${neighbours.join(', ')}`] : []),
  ].join('\n')
}

function sentenceOf({ subject, predicate, object, negated }: FactView): string {
  const far = 'entityId' in object ? nameOf(object) : oneLine(object.value)
  return `${nameOf(subject)} · ${negated ? 'not ' : ''}${predicate.replaceAll('_', ' ')} · ${far}`
}

function timeOf({ validFrom, validUntil, holds, pinned }: FactView): string {
  const parts = [
    ...(validFrom === undefined ? [] : [`from ${dateOf(validFrom)}`]),
    ...(validUntil === undefined ? [] : [`until ${dateOf(validUntil)}`]),
    ...(holds ? [] : ['does not hold']),
    ...(pinned ? ['pinned'] : []),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

function supportOf({ support, confidence }: FactView, episodes: ReadonlyMap<string, EpisodeSummary>): string {
  const origins = new Set(support.map(({ episodeId }) => originOf(episodes.get(episodeId) ?? {})).filter((origin) => origin !== ''))
  const shown = [...origins].slice(0, 3).join('; ')
  const more = origins.size > 3 ? `; ${origins.size - 3} more` : ''
  return `said ${counted(support.length, 'time')}, confidence ${confidence.toFixed(2)}${shown === '' ? '' : ` — ${shown}${more}`}`
}

function dateOf({ date, precision }: ApproximateDate): string {
  const letters = { year: 4, month: 7, day: 10, second: 19 }[precision]
  return date.toISOString().slice(0, letters)
}

function farEnds({ subject, object }: FactView): readonly string[] {
  return 'entityId' in object ? [subject.entityId, object.entityId] : [subject.entityId]
}

function neighbourOf({ subject, object }: FactView, entityId: string): readonly string[] {
  if (!('entityId' in object)) return []
  return subject.entityId === entityId ? [nameOf(object)] : [nameOf(subject)]
}

/** The user may have no name. */
function nameOf({ name }: { readonly name: string }): string {
  return oneLine(name) || 'the user'
}
