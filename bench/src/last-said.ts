import type { Memory } from '@graphmem/core'

/** When the last turn of a conversation was said, which is when it is asked about. */
export async function lastSaid(memory: Memory): Promise<Date> {
  const episodes = await memory.episodes()
  return new Date(Math.max(...episodes.map((episode) => episode.at?.getTime() ?? 0)))
}
