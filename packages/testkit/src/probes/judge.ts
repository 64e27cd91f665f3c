/** Counts probes, and ends a tale at the first that goes wrong. */
export interface Judge {
  /** Notes a call, for who has to repeat it. */
  note(step: string): void
  /** Ends the tale unless a tenant was told what it would be told if it were alone. */
  alone(door: string, told: string, expected: string): void
  /** The positive control: ends the tale unless the owner finds what the probe is about. */
  found(door: string, told: string, expected: string): void
  /** A probe of this door was made, and all its comparisons held. */
  count(door: string): void
}

/** Ends a tale. */
export class ProbeFailed extends Error {
  override readonly name = 'ProbeFailed'
  readonly kind: 'leak' | 'void'
  readonly door: string

  constructor(kind: 'leak' | 'void', door: string, message: string) {
    super(message)
    this.kind = kind
    this.door = door
  }
}

export function judge(onCount: (door: string) => void): Judge & { readonly steps: readonly string[] } {
  const steps: string[] = []
  return {
    steps,
    note: (step) => void steps.push(step),
    alone(door, told, expected) {
      if (told !== expected) throw new ProbeFailed('leak', door, `was told ${told}, and alone it is told ${expected}`)
    },
    found(door, told, expected) {
      if (told !== expected) throw new ProbeFailed('void', door, `the owner was told ${told}, and should be told ${expected}`)
    },
    count: onCount,
  }
}
