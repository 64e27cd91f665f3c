/** What a child does: it ingests so many sentences into one memory on a libSQL file. */
export interface IngestCommand {
  /** Of the double. */
  readonly url: string
  readonly file: string
  readonly count: number
}

/** What it says on standard output when it got to its end. */
export interface IngestOutcome {
  readonly failed: number
  readonly unchanged: number
  /** On the bill. */
  readonly calls: number
  /** Of the memory. */
  readonly chunks: number
  readonly assertions: number
}
