/** What a user does, over HTTP or in the library. */
export type Operation =
  | { readonly kind: 'query'; readonly question: string }
  | { readonly kind: 'ingest'; readonly text: string }
  /** Lists: a page of facts or of episodes, and the user's memories. */
  | { readonly kind: 'facts' | 'episodes' | 'memories' }

export type OperationKind = Operation['kind']

/** Does it; rejects when it was not done. */
export type Perform = (operation: Operation) => Promise<unknown>
