/** Every fault that a doctor tells of. A code is stable and may be matched on; the words are for people and may change. */
export type FindingCode =
  /** Something of one memory refers to, or is joined with, something of another. */
  | 'foreign-edge'
  /** Something refers to what is not there. */
  | 'dangling-id'
  /** Something belongs to no user, or to a memory that is not there. */
  | 'missing-owner'
  /** Something belongs to the user "default", which is what a forgotten user became in the Python library. */
  | 'default-owner'
  /** Several users have the same memory id, in a layout that does not keep them apart by user. */
  | 'shared-memory'
  /** A file of one user holds what is another's, or lies under another's name. */
  | 'wrong-file'
  /** A file of one user's cannot be read, or is no database. */
  | 'unreadable-file'
  /** The same thing is there more than once. */
  | 'duplicate-row'
  /** A part of the recall index is of versions that the memory has not reached, or is named and not there, or there and not named. */
  | 'dangling-segment'
  /** A memory with passages has no recall index. */
  | 'missing-index'
  /** A part of the recall index cannot be read. */
  | 'damaged-index'
  /** A vector is of a passage that is not there. */
  | 'dangling-vector'
  /** A passage has no vector. */
  | 'missing-vector'
  /** A vector is kept in a form that cannot be read back. */
  | 'unreadable-vector'
  /** Things that are compared with each other were made by different embedders or text analyses. */
  | 'mixed-generations'
  /** A move between stores was cut off. */
  | 'unfinished-move'

/** A fault, and how often it is there. */
export interface Finding {
  readonly code: FindingCode
  /** What is wrong, in a sentence. Never stored text. */
  readonly what: string
  readonly count: number
  /** The first of them, up to five: ids, never texts. */
  readonly examples: readonly FindingExample[]
  /** What mends it. */
  readonly remedy: string
}

export interface FindingExample {
  readonly userId?: string
  readonly memoryId?: string
  readonly id?: string
}

/** What a doctor found in a database. */
export interface Diagnosis {
  /** Whose tables they are: this library's, those of GraphMem for Python, or nobody's yet. */
  readonly layout: 'graphmem' | 'python' | 'empty'
  /** The memories that this library can open there, of all users. */
  readonly memories: readonly { readonly userId: string; readonly memoryId: string }[]
  /** Empty when nothing is wrong. */
  readonly findings: readonly Finding[]
}
