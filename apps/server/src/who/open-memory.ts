import type { GraphMem, Memory } from '@graphmem/core'

/** A memory of the user whom a token names: all that a request, or a job of one, may reach. The one place where a scope is made. */
export function openMemory(
  graphMem: GraphMem,
  { userId, name }: { readonly userId: string; readonly name?: string | undefined },
  memoryId: string,
): Memory {
  return graphMem.memory({ userId, memoryId, ...(name === undefined ? {} : { self: { name } }) })
}
