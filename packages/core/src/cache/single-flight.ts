import { unlessAborted } from '../spec/index.ts'

interface Flight<T> {
  readonly done: Promise<T>
  readonly stop: AbortController
  waiting: number
  isShared: boolean
}

/** Work under way by key: equal calls made meanwhile wait for it instead of doing it again. */
export class SingleFlight {
  readonly #flights = new Map<string, Flight<unknown>>()

  /**
   * Does the work, or joins it. Whoever is aborted is rejected with the reason of the own signal, and leaves the work to the others; when nobody
   * waits any more, the work is aborted. `isShared`: somebody else has the same value.
   */
  async run<T>(
    key: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ readonly value: T; readonly isShared: boolean }> {
    signal?.throwIfAborted()
    const joined = this.#flights.get(key) as Flight<T> | undefined
    const flight = joined ?? this.#start(key, work)
    flight.waiting += 1
    if (joined !== undefined) flight.isShared = true
    try {
      return { value: await unlessAborted(flight.done, signal), isShared: flight.isShared }
    } finally {
      flight.waiting -= 1
      if (flight.waiting === 0) {
        flight.stop.abort()
        this.#land(key, flight)
      }
    }
  }

  #start<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController()
    const flight: Flight<T> = { done: work(stop.signal), stop, waiting: 0, isShared: false }
    this.#flights.set(key, flight)
    const land = () => this.#land(key, flight)
    flight.done.then(land, land)
    return flight
  }

  #land(key: string, flight: Flight<unknown>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }
}
