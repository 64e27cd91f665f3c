import type { GraphMem } from '@graphmem/core'
import { shortDigest } from '../short-digest.ts'
import { type HashedUser, hashedUser } from '../who/hashed-user.ts'
import type { Measures } from './measures.ts'

/** Measuring reads a little more the more a memory holds: it is done once in this time at most, however much is ingested. */
const measuredForMs = 10 * 60_000

/** What users' memories take: the size of their recall indexes as last measured, and of the text taken in since. */
export class StoredBytes {
  readonly #graphMem: GraphMem
  readonly #measures: Measures
  readonly #now: () => number

  constructor(graphMem: GraphMem, measures: Measures, now: () => number = Date.now) {
    this.#graphMem = graphMem
    this.#measures = measures
    this.#now = now
  }

  /** In bytes. Costs a list of the user's memories, and a measure of each that is not known, or changed and was measured long ago. */
  async total(userId: string): Promise<number> {
    const known = await this.#measures.all(hashedUser(userId))
    let total = 0
    for (const memoryId of await this.#graphMem.user(userId).list()) {
      const measure = known.get(shortDigest(memoryId))
      const isGood = measure !== undefined && (measure.since === 0 || measure.at > this.#now() - measuredForMs)
      total += isGood ? measure.bytes + measure.since : await this.#measure(userId, memoryId)
    }
    return total
  }

  add(user: HashedUser, memoryId: string, bytes: number): Promise<void> {
    return this.#measures.add(user, shortDigest(memoryId), bytes)
  }

  drop(user: HashedUser, memoryId?: string): Promise<void> {
    return this.#measures.drop(user, memoryId === undefined ? undefined : shortDigest(memoryId))
  }

  async #measure(userId: string, memoryId: string): Promise<number> {
    const { segmentBytes } = await this.#graphMem.memory({ userId, memoryId }).stats()
    await this.#measures.put(hashedUser(userId), shortDigest(memoryId), { bytes: segmentBytes, at: this.#now() })
    return segmentBytes
  }
}
