import type { GraphMem } from '@graphmem/core'
import type { Perform } from './operation.ts'

/** How many a page holds: what the server gives by default. */
const pageLength = 100

/** What a user does, as an application does it that has the library in its process. */
export function inLibrary(graphMem: GraphMem, userId: string): Perform {
  return async (operation) => {
    const memory = graphMem.memory({ userId, memoryId: 'default' })
    switch (operation.kind) {
      case 'query':
        return memory.query(operation.question)
      case 'ingest': {
        const { failed } = await memory.ingest({ text: operation.text })
        if (failed > 0) throw new Error('An episode failed.')
        return undefined
      }
      case 'facts':
        return memory.facts({ limit: pageLength })
      case 'episodes':
        return memory.episodes({ limit: pageLength })
      case 'memories':
        return graphMem.user(userId).list()
    }
  }
}
