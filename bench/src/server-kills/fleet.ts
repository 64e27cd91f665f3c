import { setTimeout as wait } from 'node:timers/promises'
import { type Ending, type ServerLife, startServerLife } from './server-life.ts'

/** How a process ended. */
export interface Ended {
  readonly by: Ending
  readonly code: number | null
  readonly durationMs: number
}

/** Server processes of one deployment, each started again when it has ended. */
export interface Fleet extends AsyncDisposable {
  readonly ended: readonly Ended[]
  /** One that serves, as far as is known; another than `not` where there is one. Waits until there is one. */
  serving(not?: ServerLife): Promise<ServerLife>
  /** Ends the processes in turns of their own, each at random moments, until each signal was sent. */
  endOften(endings: readonly Ending[]): Promise<void>
  /** Ends all by SIGTERM. */
  end(): Promise<void>
  /** Starts one for each that there was. */
  startAgain(): Promise<void>
}

/** A process begins to be ended so long after it serves, at least and at most. */
const [shortestLifeMs, longestLifeMs] = [200, 3_000]

export async function startFleet(size: number, env: Readonly<Record<string, string>>, random: () => number): Promise<Fleet> {
  const lives = new Map<number, ServerLife>()
  const ended: Ended[] = []
  let started = Promise.withResolvers<void>()

  async function start(place: number): Promise<void> {
    lives.set(place, await startServerLife(env))
    started.resolve()
    started = Promise.withResolvers()
  }

  async function end(place: number, by: Ending): Promise<void> {
    const life = lives.get(place)
    if (life === undefined) return
    ended.push({ by, ...(await life.end(by)) })
    lives.delete(place)
  }

  async function startAll(): Promise<void> {
    await Promise.all(Array.from({ length: size }, (_, place) => start(place)))
  }

  async function endAll(by: Ending): Promise<void> {
    await Promise.all(Array.from({ length: size }, (_, place) => end(place, by)))
  }

  await startAll()
  return {
    ended,
    startAgain: startAll,
    end: () => endAll('SIGTERM'),
    async serving(not) {
      for (;;) {
        const all = [...lives.values()]
        const others = all.filter((life) => life !== not)
        const among = others.length > 0 ? others : all
        const found = among[Math.floor(random() * among.length)]
        if (found !== undefined) return found
        await started.promise
      }
    },
    async endOften(endings) {
      const left = [...endings]
      const endOne = async (place: number) => {
        for (let by = left.pop(); by !== undefined; by = left.pop()) {
          await wait(shortestLifeMs + random() * (longestLifeMs - shortestLifeMs))
          await end(place, by)
          await start(place)
        }
      }
      await Promise.all(Array.from({ length: size }, (_, place) => endOne(place)))
    },
    [Symbol.asyncDispose]: () => endAll('SIGKILL'),
  }
}
