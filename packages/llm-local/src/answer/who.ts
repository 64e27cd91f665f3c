import type { EvidencePassage, Self } from '@graphmem/core/spec'
import { fold } from './tokens.ts'

/** Somebody, as an id: `@self`, a folded name, or whose what they are: `@self/sister`. `''` is nobody in particular. */
export type Who = string

/** The user under any of their names is `@self`. */
export function whoIs(name: string, self: Self): Who {
  const key = fold(name)
  const own = [self.name, ...self.aliases].filter((each) => each !== undefined).map(fold)
  if (own.includes(key) || own.some((each) => each.split(' ')[0] === key)) return '@self'
  return key
}

/** Who says "I" in a passage; `''` for nobody. */
export function speakerOf(passage: EvidencePassage, self: Self): Who {
  if (passage.speaker === undefined) return ''
  return passage.speaker === 'self' ? '@self' : whoIs(passage.speaker.name, self)
}

/** "Mel" is Melanie, where she is the only one of those who speak that it can be short for. */
export function calledBy(name: string, { self, speakers }: Readers): Who {
  const who = whoIs(name, self)
  if (who === '@self' || speakers.has(who)) return who
  const long = [...speakers].filter((speaker) => who.length > 1 && speaker.startsWith(who))
  return long.length === 1 && long[0] !== undefined ? long[0] : who
}

/** What is known of who speaks. */
export interface Readers {
  readonly self: Self
  readonly speakers: ReadonlySet<Who>
}

/** Somebody spoken of, under all that they were called. */
export interface Person {
  readonly ids: readonly Who[]
  readonly gender: 'she' | 'he' | undefined
}
