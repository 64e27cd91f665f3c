import type { Memory } from '@graphmem/core'
import { notFound } from './not-found.ts'

/** The version of a memory that holds something, or did. @throws ProblemError 404 for any other */
export async function existingVersion(memory: Memory, signal: AbortSignal): Promise<number> {
  const version = await memory.version({ signal })
  if (version === 0) throw notFound('There is no such memory')
  return version
}
