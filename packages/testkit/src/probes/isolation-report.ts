/** How much is probed, and from where. */
export interface ProbeOptions {
  /** How many probes to make, from 1 up; the last tale is played to its end. */
  readonly probes: number
  /** The same seed makes the same tales. Default: a random one, which the report names. */
  readonly seed?: number
  /** Stops after so many tales that went wrong. Default 3. */
  readonly maxFindings?: number
}

/** What came of it. */
export interface IsolationReport {
  readonly seed: number
  /**
   * Comparisons made, each with a positive control that held: the owner, asking the same, found it; or, where a tenant wrote, the owner found what the
   * owner has, which is never nothing, as it was.
   */
  readonly probes: number
  /** The same, by the door that was tried. */
  readonly doors: Readonly<Record<string, number>>
  readonly tales: number
  /** Where something of one tenant reached another. */
  readonly leaks: readonly Finding[]
  /** Probes that show nothing, because the owner did not find it either: they fail a run as leaks do. */
  readonly voids: readonly Finding[]
}

/** One probe that went wrong, by the shortest way that leads there. */
export interface Finding {
  readonly door: string
  readonly message: string
  /** Every call of the shortest tale, in order. */
  readonly steps: readonly string[]
}
