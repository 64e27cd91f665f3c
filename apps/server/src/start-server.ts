import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { GraphMem } from '@graphmem/core'
import { createAdaptorServer } from '@hono/node-server'
import type { Logger } from 'pino'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { type AuditLog, openAuditLog } from './audit/audit-log.ts'
import { processQueue } from './jobs/process-queue.ts'
import { redisQueue } from './jobs/redis-queue.ts'
import { runIngest } from './jobs/run-ingest.ts'
import type { ModelCalls } from './quotas/model-calls.ts'
import { openQuotas } from './quotas/open-quotas.ts'
import { connectRedis } from './redis/server-redis.ts'
import { serverApp } from './server-app.ts'
import type { ServerSettings } from './server-settings.ts'
import { settingInvalid } from './setting-invalid.ts'
import { Turns } from './turns/turns.ts'
import { anyOf } from './who/any-of.ts'
import { apiKeys } from './who/api-keys.ts'
import type { Authenticator } from './who/authenticator.ts'
import { jwtAuthenticator } from './who/jwt-authenticator.ts'
import { singleUser } from './who/single-user.ts'

export interface RunningServer {
  /** `http://127.0.0.1:8080` */
  readonly url: string
  /** Takes no more requests, and resolves when those under way have ended, or had their time. */
  close(): Promise<void>
}

/** What is served. It was given, and stays open. */
export interface ServedMemories {
  readonly graphMem: GraphMem
  /** Those of which `graphMem` tells: its observer is theirs. */
  readonly modelCalls: ModelCalls
}

/**
 * Serves memories over HTTP.
 *
 * @throws GraphMemError `CONFIG_INVALID` naming the variable, where it cannot listen, or the audit trail cannot be opened
 */
export async function startServer({ graphMem, modelCalls }: ServedMemories, settings: ServerSettings, log: Logger): Promise<RunningServer> {
  let isDraining = false
  const audit = settings.audit === undefined ? undefined : openedAudit(settings.audit)
  const redis = settings.redis === undefined ? undefined : await connectRedis(settings.redis.url, settings.redis.prefix)
  const quotas = openQuotas(settings.quotas, { graphMem, modelCalls, redis })
  const queueLimits = { concurrency: settings.ingestConcurrency, mostWaiting: settings.mostWaitingJobs }
  const turns = new Turns()
  const run = runIngest(graphMem, quotas, turns)
  const queue = redis === undefined ? processQueue(run, queueLimits) : redisQueue(run, queueLimits, redis)
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const app = serverApp({
    graphMem,
    queue,
    quotas,
    turns,
    atOnce: settings.atOnce,
    log,
    registry,
    ...(audit === undefined ? {} : { audit }),
    authenticator: authenticatorOf(settings),
    maxBodyBytes: settings.maxBodyBytes,
    readiness: async () => (isDraining ? 'draining' : 'ok'),
  })
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      // Whoever sends slowly holds a connection, and nothing else, for so long.
      headersTimeout: 10_000,
      requestTimeout: Math.min(settings.timeoutMs, 60_000),
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 5_000,
    },
  }) as import('node:http').Server
  async function release(): Promise<void> {
    await queue[Symbol.asyncDispose]()
    await redis?.[Symbol.asyncDispose]()
    await audit?.close()
  }
  try {
    server.listen(settings.port, settings.host)
    await once(server, 'listening')
  } catch (error) {
    await release()
    throw settingInvalid(
      'GRAPHMEM_SERVER_PORT',
      'the server cannot listen there, at GRAPHMEM_SERVER_HOST. Is it in use? Give another',
      error,
    )
  }
  const { address, family, port } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    async close() {
      isDraining = true
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const forced = setTimeout(() => server.closeAllConnections(), settings.drainMs)
      await closed
      clearTimeout(forced)
      if (audit !== undefined) {
        const { count, link } = audit.head()
        log.info({ head: `${count}:${link}` }, 'audit trail')
      }
      await release()
    },
  }
}

function openedAudit({ path, secret }: NonNullable<ServerSettings['audit']>): AuditLog {
  try {
    return openAuditLog(path, secret)
  } catch (error) {
    throw settingInvalid('GRAPHMEM_SERVER_AUDIT', 'the file cannot be opened, or is no audit trail', error)
  }
}

function authenticatorOf({ jwt, apiKeys: keys, singleUser: user }: ServerSettings): Authenticator {
  if (user !== undefined) return singleUser(user)
  return anyOf([apiKeys(keys), ...(jwt === undefined ? [] : [jwtAuthenticator(jwt)])])
}
