import { graphMemFromEnvironment } from '@graphmem/config'
import { closedLoop } from './closed-loop.ts'
import { inLibrary } from './in-library.ts'
import type { LibraryCommand } from './library-command.ts'
import { userWork } from './user-work.ts'

// The library in a process of its own, with the server's settings of where memories are; it works when it is told to, for so long.
const graphMem = await graphMemFromEnvironment()
const users = Number(process.argv[2])
const workers = Array.from({ length: users }, (_, place) => {
  const { userId, operations } = userWork(place)
  return { operations, perform: inLibrary(graphMem, userId) }
})
process.on('message', async ({ durationMs }: LibraryCommand) => {
  process.send?.(await closedLoop(workers, durationMs))
})
process.once('disconnect', () => void graphMem.close())
process.send?.('ready')
