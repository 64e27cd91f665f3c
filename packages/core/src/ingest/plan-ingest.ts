import { contentId } from '../ids.ts'
import type { MemoryContext } from '../memory-context.ts'
import { type CallOptions, type Episode, GraphMemError, type Instant } from '../spec/index.ts'
import { cutChunks } from './cut-chunks.ts'
import type { EpisodeDraft } from './parse-input.ts'
import type { ChunkPlan } from './read-chunk.ts'

/** What is to become of one episode. */
export interface EpisodePlan {
  readonly episode: Episode
  readonly chunks: readonly ChunkPlan[]
  readonly status: 'added' | 'unchanged' | 'replaced'
}

/**
 * Compares episodes with what the memory holds under their keys, and cuts them into chunks. One read.
 *
 * @throws GraphMemError `EPISODE_CHANGED` when another content is believed under the key of one, and `replace` is not asked for.
 */
export async function planIngest(
  context: MemoryContext,
  drafts: readonly EpisodeDraft[],
  recordedAt: Instant,
  options: CallOptions & { readonly replace?: boolean | undefined },
): Promise<readonly EpisodePlan[]> {
  const known = new Map<string, Episode[]>()
  for (const episode of await context.graph.episodesOfKeys(
    drafts.map(({ key }) => key),
    options,
  )) {
    known.set(episode.key, [...(known.get(episode.key) ?? []), episode])
  }
  return drafts.map((draft) => planEpisode(context, draft, known.get(draft.key) ?? [], recordedAt, options.replace === true))
}

function planEpisode(
  context: MemoryContext,
  draft: EpisodeDraft,
  known: readonly Episode[],
  recordedAt: Instant,
  replace: boolean,
): EpisodePlan {
  const believed = known.filter(({ retiredAt }) => retiredAt === undefined)
  const same = believed.find(({ contentHash }) => contentHash === draft.contentHash)
  const replaces = believed.filter(({ contentHash }) => contentHash !== draft.contentHash)
  if (replaces.length > 0 && !replace) throw episodeChanged(replaces)
  const spans = cutChunks(draft.text, context.analyzer)
  const episode = same ?? { ...draft, id: nextId(draft, known), chunkCount: spans.length, recordedAt }
  return {
    episode,
    chunks: spans.map((span, index) => ({ id: contentId('chunk', episode.id, index), episode, index, span })),
    status: same !== undefined ? 'unchanged' : replaces.length > 0 ? 'replaced' : 'added',
  }
}

/** That other content is believed under the key of an episode, and was not to be replaced. */
export function episodeChanged(believed: readonly Episode[]): GraphMemError {
  return new GraphMemError({
    code: 'EPISODE_CHANGED',
    field: 'id',
    message: `Cannot ingest: an episode of the same id holds other content (${believed.map(({ id }) => id).join(', ')}). Pass replace: true to supersede it, or give another id.`,
  })
}

/** A content that comes back after it was replaced is another episode than it was then: the first id that is not taken, since some may be forgotten. */
function nextId(draft: EpisodeDraft, known: readonly Episode[]): string {
  const taken = new Set(known.map(({ id }) => id))
  let id = draft.id
  for (let returns = 1; taken.has(id); returns += 1) id = contentId('episode', draft.key, draft.contentHash, returns)
  return id
}
