import { type Logger, pino } from 'pino'
import { type AuditLog, openAuditLog } from '../audit/audit-log.ts'
import { patiently } from '../jobs/patiently.ts'
import { processQueue } from '../jobs/process-queue.ts'
import { redisQueue } from '../jobs/redis-queue.ts'
import { runIngest } from '../jobs/run-ingest.ts'
import { partsAnswer } from '../parts-answer.ts'
import { openQuotas } from '../quotas/open-quotas.ts'
import { connectRedis } from '../redis/server-redis.ts'
import { settingInvalid } from '../setting-invalid.ts'
import type { Turns } from '../turns/turns.ts'
import { ofRegion } from './of-region.ts'
import type { Region } from './region.ts'
import type { RegionSettings } from './region-settings.ts'
import type { ServedRegion } from './served-region.ts'

/** A region that ends: what waits in the process is done first, and its audit trail and its log are closed. */
export interface OpenRegion extends Region, AsyncDisposable {
  /** Whether its store and its Redis do. Costs nothing, however often it is asked. */
  answers(): Promise<boolean>
}

/** What all regions of a process share. */
interface Shared {
  /** For a region that has none of its own. */
  readonly log: Logger
  readonly turns: Turns
}

/**
 * Opens what the server adds to the memories of a region: its queue, counts, audit trail and log.
 *
 * @throws GraphMemError `CONFIG_INVALID` naming the variable, where the audit trail or the log cannot be opened, or Redis does not answer
 */
export async function openRegion(served: ServedRegion, shared: Shared): Promise<OpenRegion> {
  try {
    return await opened(served, shared)
  } catch (error) {
    throw served.name === undefined ? error : ofRegion(served.name, error)
  }
}

async function opened({ graphMem, modelCalls, settings }: ServedRegion, { log, turns }: Shared): Promise<OpenRegion> {
  await using stack = new AsyncDisposableStack()
  const own = settings.log === undefined ? { log, close: () => undefined } : openedLog(settings.log, log.level)
  stack.defer(own.close)
  const audit = settings.audit === undefined ? undefined : openedAudit(settings.audit)
  stack.defer(async () => {
    if (audit === undefined) return
    const { count, link } = audit.head()
    own.log.info({ head: `${count}:${link}` }, 'audit trail')
    await audit.close()
  })
  const redis = settings.redis && stack.use(await connectRedis(settings.redis.url, settings.redis.prefix))
  const quotas = openQuotas(settings.quotas, { graphMem, modelCalls, redis })
  const { ingestConcurrency: concurrency, mostWaitingJobs: mostWaiting, mostWaitingBytes: mostBytes } = settings
  const limits = { concurrency, mostWaiting, mostBytes }
  const run = patiently(runIngest(graphMem, quotas, turns))
  const queue = stack.use(
    redis === undefined ? processQueue(run, limits) : redisQueue(run, limits, redis, { heldMs: (user) => turns.heldMs(user) }),
  )
  const parts = stack.move()
  const answers = partsAnswer({ graphMem, redis })
  return { graphMem, queue, quotas, audit, log: own.log, answers, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}

function openedAudit({ path, secret }: NonNullable<RegionSettings['audit']>): AuditLog {
  try {
    return openAuditLog(path, secret)
  } catch (error) {
    throw settingInvalid('GRAPHMEM_SERVER_AUDIT', 'the file cannot be opened, or is no audit trail', error)
  }
}

function openedLog(path: string, level: string): { readonly log: Logger; readonly close: () => void } {
  try {
    // Written at once: a process that is killed leaves what it did.
    const file = pino.destination({ dest: path, append: true, sync: true })
    return { log: pino({ level }, file), close: () => file.end() }
  } catch (error) {
    throw settingInvalid('GRAPHMEM_SERVER_LOG', 'the file cannot be written', error)
  }
}
