import type { People } from './people.ts'

/** What a process of its own measures on memories that another has made; it answers with rows. */
export interface MemoriesCommand {
  readonly file: string
  readonly people: People
}
