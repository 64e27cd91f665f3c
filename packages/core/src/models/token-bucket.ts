/** So many a minute, evenly: holds a minute's worth, is full at first, and fills as time goes by. */
export class TokenBucket {
  readonly #perMinute: number
  readonly #now: () => number
  #level: number
  #at: number

  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute
    this.#now = now
    this.#level = perMinute
    this.#at = now()
  }

  /** Milliseconds until so many may be taken. For more than it ever holds, until it is full. */
  waitMs(amount: number): number {
    this.#fill()
    return Math.max(0, (Math.min(amount, this.#perMinute) - this.#level) / this.#perMinute) * 60_000
  }

  /** Takes as many, into debt if need be. */
  take(amount: number): void {
    this.#fill()
    this.#level -= amount
  }

  giveBack(amount: number): void {
    this.#level = Math.min(this.#perMinute, this.#level + amount)
  }

  #fill(): void {
    const now = this.#now()
    this.#level = Math.min(this.#perMinute, this.#level + ((now - this.#at) * this.#perMinute) / 60_000)
    this.#at = now
  }
}
