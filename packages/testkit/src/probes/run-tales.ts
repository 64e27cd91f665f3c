import fc from 'fast-check'
import type { Finding, IsolationReport, ProbeOptions } from './isolation-report.ts'
import { type Judge, judge, ProbeFailed } from './judge.ts'

/** A way to probe: what tales there are, where they are played, and how. */
export interface Stage<World extends AsyncDisposable, Tale> {
  readonly tales: fc.Arbitrary<Tale>
  /** A fresh and empty world. */
  readonly open: () => Promise<World>
  /** Plays a tale in a world in which nothing is left of the one before, and leaves nothing. */
  readonly play: (world: World, tale: Tale, judge: Judge) => Promise<void>
}

/** How often a tale that went wrong is played again, to find a shorter one. */
const maxShrinks = 300

/**
 * Plays random tales until enough probes were made. All are played in one world; one that goes wrong is played again, in worlds of its own, and
 * shrunk, without counting.
 */
export async function runTales<World extends AsyncDisposable, Tale>(
  { tales, open, play }: Stage<World, Tale>,
  { probes, seed = Math.floor(Math.random() * 2 ** 31), maxFindings = 3 }: ProbeOptions,
): Promise<IsolationReport> {
  const doors: Record<string, number> = {}
  const findings: { readonly kind: 'leak' | 'void'; readonly finding: Finding }[] = []
  let made = 0
  let number = 0
  let world = await open()
  try {
    while (made < probes && findings.length < maxFindings) {
      const [tale] = fc.sample(tales, { seed: seed + number, numRuns: 1 })
      const observed = judge((door) => {
        made += 1
        doors[door] = (doors[door] ?? 0) + 1
      })
      const failure = await play(world, tale as Tale, observed).then(
        () => undefined,
        (error: unknown) => failedOf(error),
      )
      if (failure !== undefined) {
        await world[Symbol.asyncDispose]()
        const shortest = await shrunk({ tales, open, play }, seed + number)
        const { kind, door, message } = shortest?.failure ?? failure
        findings.push({ kind, finding: { door, message, steps: shortest?.steps ?? observed.steps } })
        world = await open()
      }
      number += 1
    }
  } finally {
    await world[Symbol.asyncDispose]()
  }
  const of = (kind: 'leak' | 'void') => findings.filter((each) => each.kind === kind).map(({ finding }) => finding)
  return { seed, probes: made, doors: inOrder(doors), tales: number, leaks: of('leak'), voids: of('void') }
}

/** The last that failed on the way down; `undefined` when the tale goes well by itself. */
async function shrunk<World extends AsyncDisposable, Tale>(
  { tales, open, play }: Stage<World, Tale>,
  seed: number,
): Promise<{ readonly failure: ProbeFailed; readonly steps: readonly string[] } | undefined> {
  let shortest: { readonly failure: ProbeFailed; readonly steps: readonly string[] } | undefined
  let plays = 0
  const property = fc.asyncProperty(tales, async (tale) => {
    plays += 1
    if (plays > maxShrinks) return
    const world = await open()
    const observed = judge(() => undefined)
    try {
      await play(world, tale, observed)
    } catch (error) {
      shortest = { failure: failedOf(error), steps: observed.steps }
      throw error
    } finally {
      await world[Symbol.asyncDispose]()
    }
  })
  await fc.check(property, { seed, numRuns: 1 })
  return shortest
}

/** What a store throws where it should not is told to a tenant, too. */
function failedOf(error: unknown): ProbeFailed {
  return error instanceof ProbeFailed ? error : new ProbeFailed('leak', 'error', `a call failed: ${String(error)}`)
}

function inOrder(doors: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(doors).sort(([a], [b]) => (a < b ? -1 : 1)))
}
