interface Entry {
  readonly bytes: Uint8Array
  readonly until: number
}

/** What one user has, least recently used first. */
interface Shelf {
  readonly entries: Map<string, Entry>
  /** Changes with each erasure. */
  ticket: string
  sizeBytes: number
}

/** What an entry costs the process beside its bytes: its key, its places in maps. */
const overheadBytes = 400
/** How full it is after room was made, so that room is not made for every entry. */
const fillAfterwards = 0.9

/** A shelf for each user, together within bounds. */
export class Shelves {
  readonly #shelves = new Map<string, Shelf>()
  readonly #maxBytes: number
  readonly #maxEntries: number
  readonly #clock: () => number
  #sizeBytes = 0
  #count = 0
  #lastTicket = 0
  /** Of all users without a shelf: erasing changes it, so that it does not have to be remembered of whom. */
  #ticketOfOthers = '0'

  constructor(maxBytes: number, maxEntries: number, clock: () => number) {
    this.#maxBytes = maxBytes
    this.#maxEntries = maxEntries
    this.#clock = clock
  }

  ticket(user: string): string {
    return this.#shelves.get(user)?.ticket ?? this.#ticketOfOthers
  }

  get(user: string, key: string): Uint8Array | undefined {
    const shelf = this.#shelves.get(user)
    const entry = shelf?.entries.get(key)
    if (shelf === undefined || entry === undefined) return undefined
    if (entry.until <= this.#clock()) {
      this.#remove(user, shelf, key)
      return undefined
    }
    shelf.entries.delete(key)
    shelf.entries.set(key, entry)
    return entry.bytes
  }

  put(user: string, key: string, bytes: Uint8Array, { ttlMs, ticket }: { readonly ttlMs: number; readonly ticket: string }): void {
    if (ticket !== this.ticket(user)) return
    const shelf = this.#shelves.get(user) ?? { entries: new Map(), ticket, sizeBytes: 0 }
    // Not removed before: a shelf that is empty for that moment would make the tickets of all users without one void.
    this.#take(shelf, key)
    this.#add(user, shelf, key, { bytes, until: this.#clock() + ttlMs })
    if (this.#sizeBytes > this.#maxBytes || this.#count > this.#maxEntries) this.#makeRoom()
  }

  /** Deletes what a user has under keys that begin so. */
  erase(user: string, keyStart: string): number {
    this.#lastTicket += 1
    const ticket = String(this.#lastTicket)
    const shelf = this.#shelves.get(user)
    if (shelf === undefined) {
      this.#ticketOfOthers = ticket
      return 0
    }
    shelf.ticket = ticket
    const keys = [...shelf.entries.keys()].filter((key) => key.startsWith(keyStart))
    for (const key of keys) this.#remove(user, shelf, key)
    return keys.length
  }

  clear(): void {
    this.#shelves.clear()
    this.#sizeBytes = 0
    this.#count = 0
  }

  #add(user: string, shelf: Shelf, key: string, entry: Entry): void {
    const size = entry.bytes.length + overheadBytes
    this.#shelves.set(user, shelf)
    shelf.entries.set(key, entry)
    shelf.sizeBytes += size
    this.#sizeBytes += size
    this.#count += 1
  }

  /** Takes an entry off its shelf. */
  #take(shelf: Shelf, key: string): void {
    const entry = shelf.entries.get(key)
    if (entry === undefined) return
    const size = entry.bytes.length + overheadBytes
    shelf.entries.delete(key)
    shelf.sizeBytes -= size
    this.#sizeBytes -= size
    this.#count -= 1
  }

  /** Takes an entry off its shelf, and the shelf away with the last. */
  #remove(user: string, shelf: Shelf, key: string): void {
    this.#take(shelf, key)
    if (shelf.entries.size > 0) return
    this.#shelves.delete(user)
    // Whoever has no shelf any more is one of the others: a ticket from before an erasure must not be good again.
    if (shelf.ticket === this.#ticketOfOthers) return
    this.#lastTicket += 1
    this.#ticketOfOthers = String(this.#lastTicket)
  }

  /** What is over goes first, then of whoever holds the most. Costs the entries and, for each that goes, the users. */
  #makeRoom(): void {
    const now = this.#clock()
    for (const [user, shelf] of [...this.#shelves]) {
      for (const [key, { until }] of [...shelf.entries]) if (until <= now) this.#remove(user, shelf, key)
    }
    while (this.#sizeBytes > this.#maxBytes * fillAfterwards || this.#count > this.#maxEntries * fillAfterwards) {
      const [user, shelf] = [...this.#shelves].reduce((most, each) => (each[1].sizeBytes > most[1].sizeBytes ? each : most))
      const [oldest] = shelf.entries.keys()
      if (oldest === undefined) return
      this.#remove(user, shelf, oldest)
    }
  }
}
