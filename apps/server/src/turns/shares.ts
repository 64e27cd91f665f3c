import type { HashedUser } from '../who/hashed-user.ts'

/** What who has rested may take at once: what would be theirs in so many milliseconds. */
const creditMs = 2_000
/** For how many milliseconds anybody is held back at most. */
const longestWaitMs = 10_000
/** For how long somebody who asked little counts as there. */
const thereMs = 2_000

interface Account {
  /** Milliseconds that may be taken; below 0 they are owed. */
  credit: number
  /** When it was so. */
  at: number
  /** How many long things are at work. */
  long: number
}

interface Seen {
  readonly user: HashedUser
  readonly at: number
}

/**
 * How long users keep the process busy. Whoever takes more than a share of the time is held back while there are others who ask little: so when these
 * ask, a flood of somebody else is seldom at work. Where all ask much, or nobody else is there, nobody is held back.
 */
export class Shares {
  /** Of users who took something lately. */
  readonly #accounts = new Map<HashedUser, Account>()
  readonly #share: number
  readonly #now: () => number
  /** Who asked little last, and the last other one before. */
  #quiet: readonly Seen[] = []

  /**
   * @param share of the time that one user may take beside others who ask little, above 0, at most 1
   * @param now in milliseconds
   */
  constructor(share: number, now: () => number = () => performance.now()) {
    this.#share = share
    this.#now = now
  }

  /** Milliseconds until the user may begin something more, as it looks now. */
  waitMs(user: HashedUser): number {
    const account = this.#accounts.get(user)
    if (account === undefined || !this.isBesideQuiet(user)) return 0
    if (account.long > 0) return thereMs
    return Math.max(0, -this.#upToNow(account).credit / this.#share)
  }

  /** Whether somebody else is there who asks little. */
  isBesideQuiet(user: HashedUser): boolean {
    const since = this.#now() - thereMs
    return this.#quiet.some((seen) => seen.user !== user && seen.at > since)
  }

  /** Notes that a user begins something. */
  begin(user: HashedUser): void {
    const account = this.#accounts.get(user)
    if (account !== undefined && this.#upToNow(account).credit < this.#mostCredit / 2) return
    const other = this.#quiet.find((seen) => seen.user !== user)
    this.#quiet = [{ user, at: this.#now() }, ...(other === undefined ? [] : [other])]
  }

  /** Notes that something turns out to be long: beside others who ask little, its user begins nothing more until it is paid. */
  holdUp(user: HashedUser): void {
    this.#accountOf(user).long += 1
  }

  /** Notes for how many milliseconds something kept the process busy, long or not. */
  pay(user: HashedUser, ms: number, { isLong }: { readonly isLong: boolean }): void {
    const account = this.#upToNow(this.#accountOf(user))
    account.credit = Math.max(account.credit - ms, -longestWaitMs * this.#share)
    if (isLong) account.long -= 1
    for (const [other, { long }] of this.#accounts) if (long === 0 && this.#isRested(other)) this.#accounts.delete(other)
  }

  get #mostCredit(): number {
    return creditMs * this.#share
  }

  #isRested(user: HashedUser): boolean {
    return this.#upToNow(this.#accountOf(user)).credit === this.#mostCredit
  }

  #accountOf(user: HashedUser): Account {
    const account = this.#accounts.get(user) ?? { credit: this.#mostCredit, at: this.#now(), long: 0 }
    this.#accounts.set(user, account)
    return account
  }

  #upToNow(account: Account): Account {
    const now = this.#now()
    account.credit = Math.min(this.#mostCredit, account.credit + (now - account.at) * this.#share)
    account.at = now
    return account
  }
}
