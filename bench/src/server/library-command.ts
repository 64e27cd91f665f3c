/** To the process of the library, again and again; it answers with `Timings`. */
export interface LibraryCommand {
  readonly durationMs: number
}
