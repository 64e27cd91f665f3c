import { turnLength } from './turn-length.ts'

interface Waiting<T> {
  readonly userId: string
  readonly tag: number
  /** The order of coming, among equal tags. */
  readonly order: number
  readonly item: T
}

/**
 * A line in which users take turns: start-time fair queueing (Goyal, Vin, Cheng: SIGCOMM 1996) with jobs of equal length. Each job gets a tag: a
 * turn's length more than the user's last, or than that of the job which began last, whichever is later; the smallest goes first. So a thousand jobs of
 * one user hold up another's first by one job each that is at work, and no more; and a user of twice the weight has twice the turns.
 */
export class FairLine<T> {
  readonly #waiting: Waiting<T>[] = []
  readonly #lastTags = new Map<string, number>()
  #virtualTime = 0
  #order = 0

  get size(): number {
    return this.#waiting.length
  }

  /** @param weight 1 to 12 */
  push(userId: string, item: T, weight = 1): void {
    const tag = Math.max(this.#virtualTime, this.#lastTags.get(userId) ?? 0) + turnLength(weight)
    this.#lastTags.set(userId, tag)
    this.#order += 1
    this.#waiting.push({ userId, tag, order: this.#order, item })
  }

  /** The next of those whose user may go, taken out of the line. */
  shift(mayGo: (userId: string) => boolean): T | undefined {
    let first: Waiting<T> | undefined
    for (const each of this.#waiting) if ((first === undefined || isBefore(each, first)) && mayGo(each.userId)) first = each
    if (first === undefined) return undefined
    this.#waiting.splice(this.#waiting.indexOf(first), 1)
    this.#virtualTime = Math.max(this.#virtualTime, first.tag)
    if (this.#waiting.length === 0) this.#restart()
    return first.item
  }

  remove(isIt: (item: T) => boolean): boolean {
    const at = this.#waiting.findIndex(({ item }) => isIt(item))
    if (at < 0) return false
    this.#waiting.splice(at, 1)
    return true
  }

  /** Nobody waits: nobody has had more than another. */
  #restart(): void {
    this.#virtualTime = 0
    this.#lastTags.clear()
  }
}

function isBefore(a: Waiting<unknown>, b: Waiting<unknown>): boolean {
  return a.tag < b.tag || (a.tag === b.tag && a.order < b.order)
}
