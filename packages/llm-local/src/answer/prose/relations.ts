import { kinRelations } from './kin-relations.ts'
import { lifeRelations } from './life-relations.ts'
import { placeRelations } from './place-relations.ts'
import type { Relation } from './relation.ts'
import { roleRelations } from './role-relations.ts'
import { workRelations } from './work-relations.ts'

/** All relations that are read; of two with one noun, the first. */
export const relations: readonly Relation[] = [...lifeRelations, ...kinRelations, ...workRelations, ...placeRelations, ...roleRelations]

const byId = new Map(relations.map((relation) => [relation.id, relation]))

export function relationOf(id: string): Relation | undefined {
  return byId.get(id)
}
