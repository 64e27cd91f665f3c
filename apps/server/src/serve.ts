import { type Logger, pino } from 'pino'
import { serverSettings } from './server-settings.ts'
import { type ServedMemories, startServer } from './start-server.ts'

/**
 * Serves memories, as the environment says, until it is told to stop; then ends what is under way.
 *
 * @throws GraphMemError `CONFIG_INVALID` naming the variable at fault
 */
export async function serve(
  memories: ServedMemories,
  { env, stopped, log = pino() }: { env: Readonly<Record<string, string | undefined>>; stopped: Promise<unknown>; log?: Logger },
): Promise<void> {
  const server = await startServer(memories, await serverSettings(env), log)
  log.info({ url: server.url }, 'serving')
  await stopped
  log.info('stopping')
  await server.close()
  log.info('stopped')
}
