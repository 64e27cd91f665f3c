interface Held<T> {
  readonly user: string
  readonly value: T
  readonly bytes: number
  /** Milliseconds, by the cache's clock. */
  readonly usedAt: number
}

/** The part of the bound that is dealt out evenly. */
const evenShare = 3 / 4
/** What was not used for so long is nobody's for certain. */
const idleMs = 10 * 60_000

/**
 * Values of many users, together never over `maxBytes`. When they would be, the least recently used gives way, but not everybody's: as in max-min
 * fairness, the users' bytes are cut at one level, so chosen that what is below it makes three quarters of the bound, and a user who is not over
 * the level keeps all. Of n users each has an nth of three quarters for certain, more where others need less, and the rest goes to whoever comes.
 *
 * Least recently used alone would let one user who asks many memories in turn, or one memory as large as the bound, put out everybody else's. Always
 * taking from whoever holds the most would be no better: a value is held whole or not at all, so one somewhat larger than its neighbours' would
 * never be held, however often it is asked for. Here many alike are all over the level, and in the order of their use.
 *
 * What was just used is held if it is no larger than a quarter of the bound. A larger value is held if those that may stay leave room for it; if not,
 * it puts out none. What was not used for ten minutes goes before all that was. Costs the number of users for each value that gives way.
 */
export class FairCache<T> {
  /** From the least recently used on. */
  readonly #held = new Map<string, Held<T>>()
  readonly #bytesOfUser = new Map<string, number>()
  readonly #maxBytes: number
  readonly #now: () => number
  #sizeBytes = 0

  constructor(maxBytes: number, now: () => number = () => performance.now()) {
    this.#maxBytes = maxBytes
    this.#now = now
  }

  get count(): number {
    return this.#held.size
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** Does not count as use. */
  get(key: string): T | undefined {
    return this.#held.get(key)?.value
  }

  /** Notes that a value is used now, and holds it if there is room or others have to give way. A key belongs to one user for good. */
  use(key: string, user: string, value: T, bytes: number): void {
    this.delete(key)
    this.#held.set(key, { user, value, bytes, usedAt: this.#now() })
    this.#add(user, bytes)
    const leaving = this.#leaving()
    // The one just used comes last: when even that has to leave, the others would leave in vain.
    for (const other of leaving.at(-1) === key ? [key] : leaving) this.delete(other)
  }

  delete(key: string): void {
    const held = this.#held.get(key)
    if (held === undefined) return
    this.#held.delete(key)
    this.#add(held.user, -held.bytes)
  }

  /** Deletes all whose keys begin so. */
  deleteAll(keyStart: string): void {
    for (const key of this.#held.keys()) if (key.startsWith(keyStart)) this.delete(key)
  }

  clear(): void {
    this.deleteAll('')
  }

  #add(user: string, bytes: number): void {
    this.#sizeBytes += bytes
    const ofUser = (this.#bytesOfUser.get(user) ?? 0) + bytes
    if (ofUser === 0) this.#bytesOfUser.delete(user)
    else this.#bytesOfUser.set(user, ofUser)
  }

  /** The keys that have to go. The level only rises as others leave: a value that may stay when it is looked at may stay for good. */
  #leaving(): readonly string[] {
    let excess = this.#sizeBytes - this.#maxBytes
    if (excess <= 0) return []
    const leaving: string[] = []
    const left = new Map(this.#bytesOfUser)
    let level = evenLevel(left, this.#maxBytes * evenShare, 0)
    const idleSince = this.#now() - idleMs
    for (const [key, { user, bytes, usedAt }] of this.#held) {
      const ofUser = left.get(user) ?? 0
      if (ofUser <= level && usedAt > idleSince) continue
      leaving.push(key)
      excess -= bytes
      if (excess <= 0) break
      left.set(user, ofUser - bytes)
      level = evenLevel(left, this.#maxBytes * evenShare, level)
    }
    return leaving
  }
}

/** The level, no lower than one at hand, at which the users' bytes, each cut at it, make `bytes` together. */
function evenLevel(bytesOfUser: ReadonlyMap<string, number>, bytes: number, from: number): number {
  let level = from
  for (;;) {
    let above = 0
    let rest = bytes
    for (const ofUser of bytesOfUser.values()) {
      if (ofUser > level) above += 1
      else rest -= ofUser
    }
    if (above === 0 || rest / above <= level) return level
    level = rest / above
  }
}
