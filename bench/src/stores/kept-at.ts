import type { GraphStore } from '@graphmem/core'

/** Where the memory of an experiment is kept, in words that another process understands. */
export type KeptAt = { readonly userId: string } & (
  | { readonly store: 'turso'; readonly options: { readonly url: string; readonly authToken?: string } | { readonly urlTemplate: string } }
  | { readonly store: 'neo4j'; readonly options: { readonly url: string; readonly username: string; readonly password: string } }
)

/** Opens the store with no other driver than its own. */
export async function openKept(keptAt: KeptAt): Promise<GraphStore> {
  if (keptAt.store === 'turso') return (await import('@graphmem/store-turso')).tursoStore(keptAt.options)
  return (await import('@graphmem/store-neo4j')).neo4jStore(keptAt.options)
}
