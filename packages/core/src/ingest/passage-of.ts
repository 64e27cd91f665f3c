import type { Passage, Self } from '../spec/index.ts'
import type { ChunkPlan } from './read-chunk.ts'
import { speakerOf } from './speaker-of.ts'

/** A chunk as a reasoner reads it. */
export function passageOf({ episode, span }: Pick<ChunkPlan, 'episode' | 'span'>, self: Self): Passage {
  const speaker = speakerOf(episode)
  return {
    text: episode.text.slice(span.start, span.end),
    kind: episode.kind,
    self,
    ...(episode.title === undefined ? {} : { title: episode.title }),
    ...(speaker === undefined ? {} : { speaker }),
    ...(episode.at === undefined ? {} : { at: episode.at }),
  }
}
