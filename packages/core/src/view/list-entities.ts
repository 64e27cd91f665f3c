import { z } from 'zod'
import { nameKey } from '../analysis/name-key.ts'
import { checkInput } from '../check-input.ts'
import type { RecallIndex } from '../index-segments/recall-index.ts'
import type { EntitiesOptions } from '../memory.ts'
import type { MemoryContext } from '../memory-context.ts'
import { entityTypes } from '../spec/index.ts'
import { memoryView } from './memory-view.ts'
import type { EntityView } from './views.ts'

const schema = z.strictObject({
  named: z.string().min(1).optional(),
  type: z.enum(entityTypes).optional(),
  limit: z.int().min(1).optional(),
  signal: z.instanceof(AbortSignal).optional(),
})

/** The entities of a memory, those with the most mentions first; equal ones in the order of ids. @throws GraphMemError `INPUT_INVALID` */
export function listEntities(index: RecallIndex, context: MemoryContext, options: EntitiesOptions): readonly EntityView[] {
  const { named, type, limit = 1_000 } = checkInput(schema, options, 'list entities', 'options')
  const { entities } = memoryView(index, context.self, undefined)
  const found = named === undefined ? [...index.senses.keys()].flatMap((id) => entities.of(id) ?? []) : entities.named(nameKey(named))
  return [...new Map(found.map((entity) => [entity.id, entity])).values()]
    .filter((entity) => (type === undefined || entity.type === type) && entities.isSpokenOf(entity))
    .sort((a, b) => b.mentions - a.mentions || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
}
