import { byCodePoints } from './code-points.ts'

/** Finds ids by what they have in common. */
export interface GroupIndex {
  add(group: string, id: string): void
  remove(group: string, id: string): void
  /** The ids in any of the groups, in the order of their code points. */
  idsOf(groups: readonly string[]): readonly string[]
}

export function groupIndex(): GroupIndex {
  const idsByGroup = new Map<string, Set<string>>()
  return {
    add(group, id) {
      const ids = idsByGroup.get(group) ?? new Set()
      idsByGroup.set(group, ids.add(id))
    },
    remove(group, id) {
      const ids = idsByGroup.get(group)
      ids?.delete(id)
      if (ids?.size === 0) idsByGroup.delete(group)
    },
    idsOf: (groups) => [...new Set(groups)].flatMap((group) => [...(idsByGroup.get(group) ?? [])]).sort(byCodePoints),
  }
}
