import type { DocumentInput } from '@graphmem/core'
import { type InventedSentence, inventedSentences } from '../invented-text.ts'

/** How many episodes the ingest that is killed has. */
export const episodeCount = 30

const sentences: readonly InventedSentence[] = inventedSentences(11)
  .take(episodeCount * 2)
  .toArray()

/** Short documents of people who move and marry, so that episodes bear on the facts of others. */
export const crashEpisodes: readonly DocumentInput[] = Array.from({ length: episodeCount }, (_, place) => {
  const [first, second] = [sentences[place * 2], sentences[place * 2 + 1]]
  const told = sentences[((place * 7) % episodeCount) * 2]
  return {
    id: `episode ${place}`,
    at: new Date(Date.UTC(2024, 0, 1 + place)),
    text: `${first?.text} ${second?.text} ${told?.text.replace('works at', 'left').replace('lives in', 'moved to Porlanvel from')}`,
  }
})

/** What is asked of a memory when it is whole again. */
export const crashQuestions: readonly string[] = [0, 9, 22, 35, 48, 59].map((place) => sentences[place]?.question ?? '')
