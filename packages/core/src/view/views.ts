import type { EntityType } from '../spec/index.ts'

/** The senses that believed decisions hold to be the same. */
export interface EntityView {
  /** The smallest id of its senses. */
  readonly id: string
  /** The form in which it is written most; empty for a user who has no name. */
  readonly name: string
  readonly aliases: readonly string[]
  readonly type: EntityType
  /** Whether it is the user. */
  readonly isSelf: boolean
  /** For somebody known only by what they are to another: whose. */
  readonly of?: string
  readonly mentions: number
  /** The decisions that join its senses; retract one to undo the merge. */
  readonly decisionIds: readonly string[]
}

/** A fact with what is believed of it. */
export interface FactView {
  readonly id: string
  readonly subject: EntityReference
  readonly predicate: string
  readonly object: EntityReference | { readonly value: string; readonly valueType: 'text' | 'date' | 'quantity' | 'boolean' }
  readonly negated: boolean
  readonly validFrom?: ApproximateDate
  readonly validUntil?: ApproximateDate
  /** Whether it holds at the moment asked about. */
  readonly holds: boolean
  /** Why it ended, where it was not said: the fact that came after it. */
  readonly supersededBy?: string
  /** Why it ended, or never held, where a passage says so of what others state. */
  readonly contradictedBy?: PassagePlace
  readonly pinned: boolean
  /** Where it is said. */
  readonly support: readonly PassagePlace[]
  /** 0 to 1. */
  readonly confidence: number
}

/** A stretch of a passage, within the chunk's text. */
export interface PassagePlace {
  readonly episodeId: string
  readonly chunkId: string
  readonly start: number
  readonly end: number
}

export interface EntityReference {
  readonly entityId: string
  readonly name: string
}

/** A moment with how exactly it was said. */
export interface ApproximateDate {
  readonly date: Date
  readonly precision: 'year' | 'month' | 'day' | 'second'
}
