import { type Logger, pino } from 'pino'
import { type AuditLog, openAuditLog } from '../audit/audit-log.ts'
import { processQueue } from '../jobs/process-queue.ts'
import { redisQueue } from '../jobs/redis-queue.ts'
import { runIngest } from '../jobs/run-ingest.ts'
import { openQuotas } from '../quotas/open-quotas.ts'
import { connectRedis } from '../redis/server-redis.ts'
import { settingInvalid } from '../setting-invalid.ts'
import type { Region } from './region.ts'
import type { RegionSettings } from './region-settings.ts'
import type { ServedRegion } from './served-region.ts'

/** A region that ends: what waits in the process is done first, and its audit trail and its log are closed. */
export interface OpenRegion extends Region, AsyncDisposable {}

/**
 * Opens what the server adds to the memories of a region: its queue, counts, audit trail and log.
 *
 * @param log where the region has none of its own
 * @throws GraphMemError `CONFIG_INVALID` naming the variable, where the audit trail or the log cannot be opened, or Redis does not answer
 */
export async function openRegion({ graphMem, modelCalls, settings }: Omit<ServedRegion, 'name'>, log: Logger): Promise<OpenRegion> {
  await using opened = new AsyncDisposableStack()
  const own = settings.log === undefined ? { log, close: () => undefined } : openedLog(settings.log, log.level)
  opened.defer(own.close)
  const audit = settings.audit === undefined ? undefined : openedAudit(settings.audit)
  opened.defer(async () => {
    if (audit === undefined) return
    const { count, link } = audit.head()
    own.log.info({ head: `${count}:${link}` }, 'audit trail')
    await audit.close()
  })
  const redis = settings.redis && opened.use(await connectRedis(settings.redis.url, settings.redis.prefix))
  const quotas = openQuotas(settings.quotas, { graphMem, modelCalls, redis })
  const limits = { concurrency: settings.ingestConcurrency, mostWaiting: settings.mostWaitingJobs }
  const run = runIngest(graphMem, quotas)
  const queue = opened.use(redis === undefined ? processQueue(run, limits) : redisQueue(run, limits, redis))
  const parts = opened.move()
  return { graphMem, queue, quotas, audit, log: own.log, [Symbol.asyncDispose]: () => parts.disposeAsync() }
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
