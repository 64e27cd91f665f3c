import type { HashedUser } from '../who/hashed-user.ts'
import { turnLength } from './turn-length.ts'

interface Waiting<T> {
  readonly user: HashedUser
  readonly tag: number
  readonly item: T
}

/**
 * A line in which users take turns: start-time fair queueing (Goyal, Vin, Cheng: SIGCOMM 1996) with jobs of equal length. Each job gets a tag: a
 * turn's length more than the user's last, or than that of the job which began last, whichever is later; the smallest goes first. So a thousand jobs of
 * one user hold up another's first by one job each that is at work, and no more; and a user of twice the weight has twice the turns.
 */
export class FairLine<T> {
  /** In the order of their coming, which is that of equal tags. */
  readonly #waiting: Waiting<T>[] = []
  readonly #lastTags = new Map<HashedUser, number>()
  #virtualTime = 0

  /** @param weight 1 to 12 */
  push(user: HashedUser, item: T, weight = 1): void {
    if (this.#waiting.length === 0) this.#restart()
    const tag = Math.max(this.#virtualTime, this.#lastTags.get(user) ?? 0) + turnLength(weight)
    this.#lastTags.set(user, tag)
    this.#waiting.push({ user, tag, item })
  }

  /** The next of those whose user may go, taken out of the line. */
  shift(mayGo: (user: HashedUser) => boolean): T | undefined {
    let first: Waiting<T> | undefined
    for (const each of this.#waiting) if ((first === undefined || each.tag < first.tag) && mayGo(each.user)) first = each
    if (first === undefined) return undefined
    this.#waiting.splice(this.#waiting.indexOf(first), 1)
    this.#virtualTime = Math.max(this.#virtualTime, first.tag)
    return first.item
  }

  remove(isIt: (item: T) => boolean): boolean {
    const at = this.#waiting.findIndex(({ item }) => isIt(item))
    if (at < 0) return false
    this.#waiting.splice(at, 1)
    return true
  }

  /** Nobody waits, since all were done or called off: nobody has had more than another. */
  #restart(): void {
    this.#virtualTime = 0
    this.#lastTags.clear()
  }
}
