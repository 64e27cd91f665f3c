import { z } from 'zod'
import { nameKey } from '../analysis/name-key.ts'
import { checkInput } from '../check-input.ts'
import type { RecallIndex } from '../index-segments/recall-index.ts'
import { isoInstant } from '../iso-instant.ts'
import type { FactsOptions } from '../memory.ts'
import type { MemoryContext } from '../memory-context.ts'
import type { Fact } from '../spec/index.ts'
import { type MemoryView, memoryView } from './memory-view.ts'
import type { FactView } from './views.ts'

const time = z.union([z.date(), z.string()])
const schema = z.strictObject({
  about: z.string().min(1).optional(),
  subjects: z.array(z.string().min(1)).max(10_000).optional(),
  predicate: z.string().min(1).optional(),
  limit: z.int().min(1).optional(),
  asOf: time.optional(),
  knownAt: time.optional(),
  history: z.boolean().optional(),
  signal: z.instanceof(AbortSignal).optional(),
})

/** The facts of a memory at a moment: those that hold, or all of them with `history`. @throws GraphMemError `INPUT_INVALID` */
export function listFacts(index: RecallIndex, context: MemoryContext, options: FactsOptions): readonly FactView[] {
  const { about, subjects, predicate, limit = 1_000, asOf, knownAt, history = false } = checkInput(schema, options, 'list facts', 'options')
  const view = memoryView(index, context.self, knownAt === undefined ? undefined : isoInstant(knownAt, 'knownAt'))
  const moment = asOf === undefined ? context.now() : isoInstant(asOf, 'asOf')
  const wanted = about === undefined ? undefined : new Set(view.entities.named(nameKey(about)).map(({ id }) => id))
  return candidates(index, view, subjects)
    .filter((fact) => predicate === undefined || fact.predicate === predicate)
    .flatMap((fact) => view.facts.at(fact.id, moment) ?? [])
    .filter(({ holds }) => holds || history)
    .filter(
      ({ subject, object }) =>
        wanted === undefined || wanted.has(subject.entityId) || ('entityId' in object && wanted.has(object.entityId)),
    )
    .sort(compareFacts)
    .slice(0, limit)
}

function candidates(index: RecallIndex, { entities }: MemoryView, subjects: readonly string[] | undefined): readonly Fact[] {
  if (subjects === undefined) return [...index.facts.values()]
  return [...new Set(subjects)]
    .flatMap((id) => entities.senses(id))
    .flatMap(({ id }) => index.facts.ofSense(id).filter(({ subjectId }) => subjectId === id))
}

function compareFacts(a: FactView, b: FactView): number {
  return (
    compare(a.subject.name, b.subject.name) ||
    compare(a.predicate, b.predicate) ||
    (a.validFrom?.date.getTime() ?? Number.NEGATIVE_INFINITY) - (b.validFrom?.date.getTime() ?? Number.NEGATIVE_INFINITY) ||
    compare(a.id, b.id)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
