/** What a process of its own measures on a memory that another has made. */
export interface SizeCommand {
  readonly file: string
  readonly questions: readonly string[]
}

export interface SizeOutcome {
  /** Of queries that open the file and read the index first. */
  readonly coldMs: readonly number[]
  readonly warmMs: readonly number[]
  /** Resident memory of the process before it opened the memory, and when it had answered all questions. */
  readonly bytesBefore: number
  readonly bytesAfter: number
}
