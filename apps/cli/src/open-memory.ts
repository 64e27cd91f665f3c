import { openGraphMem } from '@graphmem/config'
import { type GraphMem, type Memory, type MemoryOptions, scope, type User } from '@graphmem/core'
import { cliSettings, type StoreChoice } from './cli-settings.ts'
import { refusal } from './refusal.ts'

/** The options of every command that works on a memory. */
export interface MemoryChoice extends StoreChoice {
  readonly user?: string
  readonly memory: string
  readonly name?: string
  readonly alias?: readonly string[]
  readonly json?: true
}

export interface OpenMemory {
  readonly graphMem: GraphMem
  readonly memory: Memory
  /** All memories of the same user. */
  readonly user: User
  readonly userId: string
  readonly memoryId: string
}

/** Opens the memory that the options choose, for as long as `use` takes. */
export async function withMemory<T>(choice: MemoryChoice, use: (open: OpenMemory) => Promise<T>): Promise<T> {
  const options = memoryOptions(choice)
  await using graphMem = await openGraphMem(await cliSettings(choice))
  const { userId, memoryId } = options
  return await use({ graphMem, memory: graphMem.memory(options), user: graphMem.user(userId), userId, memoryId })
}

function memoryOptions({ user, memory, name, alias }: MemoryChoice): MemoryOptions {
  if (user === undefined) throw refusal('user', 'Whose memory? Give --user ID, or set GRAPHMEM_USER.')
  if (name === undefined && alias !== undefined) throw refusal('alias', '--alias adds to --name: give the name as well.')
  const ids = scope({ userId: user, memoryId: memory })
  return { userId: ids.userId, memoryId: ids.memoryId, ...(name === undefined ? {} : { self: { name, aliases: alias ?? [] } }) }
}
