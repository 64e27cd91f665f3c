import type { Episode, Passage } from '../spec/index.ts'

/** Who says "I" in an episode: the user, somebody else by name (an assistant may have none), or nobody. */
export function speakerOf(episode: Pick<Episode, 'kind' | 'role' | 'speaker'>): Passage['speaker'] {
  if (episode.kind === 'document') return undefined
  if (episode.speaker !== undefined) return { name: episode.speaker }
  return episode.role === 'user' || episode.role === undefined ? 'self' : { name: '' }
}
