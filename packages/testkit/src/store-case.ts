import type { GraphStore, GraphStoreCapabilities, Scope, ScopedGraph } from '@graphmem/core/spec'

/** One behaviour that every store has. Over `node:assert`: a case that resolves has passed. */
export interface StoreCase {
  /** Stable, in kebab case. */
  readonly id: string
  readonly theme: StoreTheme
  /** One sentence in the present tense. */
  readonly behaviour: string
  /** The capabilities without which the case is skipped. */
  readonly requires?: readonly (keyof GraphStoreCapabilities)[]
  run(context: StoreContext): Promise<void>
}

export type StoreTheme =
  | 'head'
  | 'apply'
  | 'retire'
  | 'remove'
  | 'get'
  | 'scan'
  | 'lookup'
  | 'segments'
  | 'count'
  | 'erase'
  | 'users'
  | 'content'
  | 'signals'
  | 'dispose'
  | 'scopes'
  | 'capabilities'
  | 'errors'
  | 'identifiers'
  | 'isolation'

/** What a case works with. Each run has an empty store of its own. */
export interface StoreContext {
  readonly store: GraphStore
  readonly scopes: CaseScopes
  /** The case's own memory: `store.open(scopes.own)`. */
  readonly graph: ScopedGraph
  /** Another store over the same data, as another process, or this one after a restart, has it. */
  reopen(): Promise<GraphStore>
}

/** Memories that a case may use. Beside a noisy neighbour their ids are hostile. */
export interface CaseScopes {
  readonly own: Scope
  /** Another memory of the same user. */
  readonly sibling: Scope
  /** Another user's memory, of the same memory id. */
  readonly other: Scope
}
