import type { HashedUser } from '../who/hashed-user.ts'
import { type ProcessLoad, processLoad } from './process-load.ts'
import type { Shares } from './shares.ts'

interface Turn {
  readonly user: HashedUser
  /** What it took of a processor, in milliseconds. */
  ms: number
  /** Why it is over, where it is. */
  over?: 'done' | 'idle' | 'long'
}

interface Waiting {
  readonly user: HashedUser
  readonly begin: (turn: Turn) => void
}

/** So many turns are taken at once: while one waits a moment for a disk or a thread, another goes on. */
const mostAtOnce = 4
/** After so long a turn is over, whatever it is at, so that what takes long does not hold up what does not. */
const longestMs = 10
/** How often it is looked who may begin, while somebody waits. */
const lookMs = 2
/** A process that is busy for less of the time has time to spare. */
const idleShare = 0.5

/**
 * Lets users take turns at what keeps the process busy. Few things are begun at once, and next is, of the users who wait and may, the one whose last
 * turn is the longest ago. A turn ends when its work is done; before that when the process is idle, since then the work waits for a model or a
 * database; and after 10 ms of work. Beside others who ask little a user takes one turn at a time, and no more than a share of the time: see `Shares`.
 */
export class Turns {
  readonly #shares: Shares
  readonly #load: ProcessLoad
  readonly #taken = new Set<Turn>()
  /** Those that are taken, and those that were long and go on. */
  readonly #atWork = new Set<Turn>()
  readonly #waiting: Waiting[] = []
  /** Of users who have something waiting or under way: how much, and which turn was their last. */
  readonly #users = new Map<HashedUser, { pending: number; lastTurn: number }>()
  #turns = 0
  /** Up to when what the process took is divided. */
  #dividedMs = 0
  #looking: NodeJS.Timeout | undefined

  constructor(shares: Shares, load: ProcessLoad = processLoad()) {
    this.#shares = shares
    this.#load = load
  }

  /** Does work when it is the user's turn. */
  async run<T>(user: HashedUser, work: () => Promise<T>): Promise<T> {
    const own = this.#users.get(user) ?? { pending: 0, lastTurn: 0 }
    this.#users.set(user, own)
    own.pending += 1
    const turn = this.#may(user) ? this.#begin(user) : await this.#wait(user)
    try {
      return await work()
    } finally {
      this.#done(turn)
      own.pending -= 1
      if (own.pending === 0) this.#users.delete(user)
    }
  }

  /** For how many milliseconds a user may begin nothing, as it looks now. */
  heldMs(user: HashedUser): number {
    return this.#shares.waitMs(user)
  }

  #may(user: HashedUser): boolean {
    if (this.#taken.size >= mostAtOnce || this.#shares.waitMs(user) > 0) return false
    return !this.#shares.isBesideQuiet(user) || [...this.#taken].every((turn) => turn.user !== user)
  }

  #begin(user: HashedUser): Turn {
    this.#divide()
    this.#shares.begin(user)
    this.#turns += 1
    const own = this.#users.get(user)
    if (own !== undefined) own.lastTurn = this.#turns
    const turn: Turn = { user, ms: 0 }
    this.#taken.add(turn)
    this.#atWork.add(turn)
    return turn
  }

  #done(turn: Turn): void {
    this.#divide()
    if (turn.over !== 'idle') this.#leave(turn, turn.over === 'long')
    turn.over ??= 'done'
    if (!this.#taken.has(turn)) return
    // The next begins in another turn of the event loop, so that who comes meanwhile is heard.
    setImmediate(() => {
      this.#taken.delete(turn)
      this.#beginNext()
    })
  }

  #leave(turn: Turn, isLong: boolean): void {
    this.#atWork.delete(turn)
    this.#shares.pay(turn.user, turn.ms, { isLong })
  }

  #wait(user: HashedUser): Promise<Turn> {
    return new Promise((begin) => {
      this.#waiting.push({ user, begin })
      this.#look()
    })
  }

  #beginNext(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      this.#waiting.splice(this.#waiting.indexOf(next), 1)
      next.begin(this.#begin(next.user))
    }
  }

  #next(): Waiting | undefined {
    let next: Waiting | undefined
    for (const each of this.#waiting) {
      if ((next === undefined || this.#lastTurn(each) < this.#lastTurn(next)) && this.#may(each.user)) next = each
    }
    return next
  }

  #lastTurn({ user }: Waiting): number {
    return this.#users.get(user)?.lastTurn ?? 0
  }

  /** While somebody waits: ends turns that are over, and lets those begin who may by now. */
  #look(): void {
    if (this.#looking !== undefined) return
    this.#load.busyShare()
    this.#looking = setTimeout(() => {
      this.#looking = undefined
      this.#divide()
      const isIdle = this.#load.busyShare() < idleShare
      for (const turn of this.#taken) if (turn.over === undefined) this.#endEarly(turn, isIdle)
      this.#beginNext()
      if (this.#waiting.length > 0) this.#look()
    }, lookMs)
  }

  #endEarly(turn: Turn, isIdle: boolean): void {
    if (!isIdle && turn.ms < longestMs) return
    this.#taken.delete(turn)
    turn.over = isIdle ? 'idle' : 'long'
    if (isIdle) this.#leave(turn, false)
    else this.#shares.holdUp(turn.user)
  }

  /** Divides what the process took of a processor since it did so last among what is at work. */
  #divide(): void {
    const ms = this.#load.cpuMs()
    for (const turn of this.#atWork) turn.ms += (ms - this.#dividedMs) / this.#atWork.size
    this.#dividedMs = ms
  }
}
