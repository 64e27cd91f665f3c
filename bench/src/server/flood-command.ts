/** To a process that floods a server, again and again; it answers with `FloodOutcome` when all that it asked is answered. */
export interface FloodCommand {
  readonly url: string
  /** Of one user. */
  readonly token: string
  /** Which user's work it is. */
  readonly place: number
  readonly connections: number
  /** In every text that is ingested. */
  readonly sentences: number
  readonly durationMs: number
}

/** What the flood came to: how often it was answered with which status. */
export interface FloodOutcome {
  readonly statuses: Readonly<Record<string, number>>
}
