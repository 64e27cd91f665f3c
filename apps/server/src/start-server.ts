import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import type { Logger } from 'pino'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { refuseUnread } from './http/refuse-unread.ts'
import { RequestsUnderWay } from './http/requests-under-way.ts'
import { type OpenRegion, openRegion } from './regions/open-region.ts'
import { regionFinder } from './regions/region-finder.ts'
import type { ServedRegion } from './regions/served-region.ts'
import { serverApp } from './server-app.ts'
import type { ServerSettings } from './server-settings.ts'
import { settingInvalid } from './setting-invalid.ts'
import { Shares } from './turns/shares.ts'
import { Turns } from './turns/turns.ts'
import { anyOf } from './who/any-of.ts'
import { apiKeys } from './who/api-keys.ts'
import type { Authenticator } from './who/authenticator.ts'
import { jwtAuthenticator } from './who/jwt-authenticator.ts'
import { singleUser } from './who/single-user.ts'

export interface RunningServer {
  /** `http://127.0.0.1:8080` */
  readonly url: string
  /** Gives notice, takes no more requests, and resolves when those under way have ended, or had their time. */
  close(): Promise<void>
}

/**
 * Serves memories over HTTP.
 *
 * @param served one for all users, or one a region, each with a name
 * @throws GraphMemError `CONFIG_INVALID` naming the variable, where it cannot listen, or an audit trail, a log or Redis cannot be opened
 */
export async function startServer(served: readonly ServedRegion[], settings: ServerSettings, log: Logger): Promise<RunningServer> {
  await using opened = new AsyncDisposableStack()
  // Of all regions: it is one process that they share.
  const turns = new Turns(new Shares(settings.share))
  const underWay = new RequestsUnderWay()
  const regions = new Map<string | undefined, OpenRegion>()
  for (const each of served) regions.set(each.name, opened.use(await openRegion(each, { log, turns })))
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const app = serverApp({
    regionOf: regionFinder(regions, settings.homes),
    turns,
    hasAudit: served.some((each) => each.settings.audit !== undefined),
    atOnce: settings.atOnce,
    onKept: (until) => underWay.add(until),
    log,
    registry,
    authenticator: authenticatorOf(settings),
    hasTokens: settings.singleUser === undefined,
    maxBodyBytes: settings.maxBodyBytes,
    timeoutMs: settings.timeoutMs,
    origins: settings.origins,
    readiness: async () => (underWay.isDraining ? 'draining' : (await anyAnswers([...regions.values()])) ? 'ok' : 'failing'),
  })
  const server = createAdaptorServer({
    fetch: underWay.track(app.fetch),
    serverOptions: {
      // Whoever sends slowly holds a connection, and a place of their own requests at once, for so long.
      headersTimeout: Math.min(settings.timeoutMs, 10_000),
      requestTimeout: Math.min(settings.timeoutMs, 60_000),
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: Math.min(settings.timeoutMs, 5_000),
      // What is asked for may be 2,000 characters of any script, percent-encoded.
      maxHeaderSize: 65_536,
    },
  }) as Server
  // A stream that nobody reads ends: longer than that no request is quiet.
  server.timeout = 2 * settings.timeoutMs
  refuseUnread(server)
  try {
    server.listen(settings.port, settings.host)
    await once(server, 'listening')
  } catch (error) {
    throw settingInvalid(
      'GRAPHMEM_SERVER_PORT',
      'the server cannot listen there, at GRAPHMEM_SERVER_HOST. Is it in use? Give another',
      error,
    )
  }
  const { address, family, port } = server.address() as AddressInfo
  const parts = opened.move()
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    async close() {
      underWay.drain()
      if (settings.noticeMs > 0) await wait(settings.noticeMs)
      await takeWhatHasCome(server)
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      // Half of the time for jobs that somebody waits for; then they are told of the job instead.
      const impatient = setTimeout(() => {
        for (const { queue } of regions.values()) queue.endWatches()
      }, settings.drainMs / 2)
      const forced = setTimeout(() => server.closeAllConnections(), settings.drainMs)
      await closed
      clearTimeout(impatient)
      clearTimeout(forced)
      await underWay.ended()
      await parts.disposeAsync()
    },
  }
}

/** Whether requests of any region can be answered: those of one that does not are told so. */
async function anyAnswers(regions: readonly OpenRegion[]): Promise<boolean> {
  return (await Promise.all(regions.map((region) => region.answers()))).includes(true)
}

/**
 * Takes the connections and requests that are here already, and wait for a busy process: they would be refused with those that come later. A second at
 * most, since there may always be more.
 */
async function takeWhatHasCome(server: Server): Promise<void> {
  let hasMore = true
  const note = () => {
    hasMore = true
  }
  server.on('connection', note).on('request', note)
  for (const end = performance.now() + 1_000; hasMore && performance.now() < end; ) {
    hasMore = false
    // What comes is read between the two.
    await setImmediate()
    await setImmediate()
  }
  server.off('connection', note).off('request', note)
}

function authenticatorOf({ jwt, apiKeys: keys, singleUser: user }: ServerSettings): Authenticator {
  if (user !== undefined) return singleUser(user)
  return anyOf([apiKeys(keys), ...(jwt === undefined ? [] : [jwtAuthenticator(jwt)])])
}
