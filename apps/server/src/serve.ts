import type { GraphMemSettings } from '@graphmem/config'
import { type Logger, pino } from 'pino'
import { openServed } from './regions/open-served.ts'
import { serverSettings } from './server-settings.ts'
import type { Environment } from './server-variables.ts'
import { startServer } from './start-server.ts'

/** What to serve, and how long. */
export interface ServeOptions {
  readonly env: Environment
  /** What is opened where the environment names no regions. Default: what the environment and the config file name. */
  readonly settings?: () => Promise<GraphMemSettings>
  readonly stopped: Promise<unknown>
  readonly log?: Logger
}

/**
 * Serves memories, as the environment says, until it is told to stop; then ends what is under way.
 *
 * @throws GraphMemError `CONFIG_INVALID` naming the variable at fault
 */
export async function serve({ env, settings, stopped, log = pino() }: ServeOptions): Promise<void> {
  const ownSettings = await serverSettings(env)
  await using served = await openServed(ownSettings, env, settings)
  const server = await startServer(served.regions, ownSettings, log)
  log.info({ url: server.url }, 'serving')
  await stopped
  log.info('stopping')
  await server.close()
  log.info('stopped')
}
