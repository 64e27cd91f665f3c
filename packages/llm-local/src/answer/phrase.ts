/** What a sentence gives for a question, and how much that looks like what was asked for, 0 to 1. */
export interface Phrase {
  readonly text: string
  readonly fit: number
}
