import { z } from 'zod'
import type { QuotaLimits } from '../quotas/quotas.ts'
import { secretOf, text, variablesOf, whole } from '../server-variables.ts'
import { settingInvalid } from '../setting-invalid.ts'

/** Where a region keeps what the server writes of its users, and how much each may have. Where memories are kept are settings of GraphMem. */
export interface RegionSettings {
  /** The file of the audit trail, and the secret that its links and pseudonyms are made with. */
  readonly audit: { readonly path: string; readonly secret: Uint8Array } | undefined
  /** The file that the log goes to. `undefined`: where that of the server goes. */
  readonly log: string | undefined
  readonly quotas: QuotaLimits
  /** What several processes share: counts, and what waits. `undefined`: each has its own. */
  readonly redis: { readonly url: string; readonly prefix: string } | undefined
  /** Ingests at work at once, of all users, in a process. */
  readonly ingestConcurrency: number
  /** Ingests of one user that wait at most. */
  readonly mostWaitingJobs: number
  /** Bytes of what one user has waiting, or has kept to be tried again, at most. */
  readonly mostWaitingBytes: number
}

export const regionVariables = z.object({
  GRAPHMEM_SERVER_AUDIT: text,
  GRAPHMEM_SERVER_AUDIT_SECRET: text,
  GRAPHMEM_SERVER_LOG: text,
  GRAPHMEM_SERVER_REDIS: z.url({ protocol: /^rediss?$/ }).optional(),
  GRAPHMEM_SERVER_REDIS_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,100}$/, 'Give 1 to 100 of A-Z, a-z, 0-9, _, . and -')
    .default('graphmem-server'),
  GRAPHMEM_SERVER_QUOTA_REQUESTS: whole(1, 1_000_000).default(1_000),
  GRAPHMEM_SERVER_QUOTA_BYTES: whole(1, 2 ** 50).optional(),
  GRAPHMEM_SERVER_QUOTA_TOKENS: whole(1, 2 ** 50).optional(),
  GRAPHMEM_SERVER_QUOTA_USD: z.coerce.number().min(0.000_001).max(1_000_000).optional(),
  GRAPHMEM_SERVER_MOST_REQUESTS: whole(1, 100_000_000).optional(),
  GRAPHMEM_SERVER_INGESTS: whole(1, 1_000).default(16),
  GRAPHMEM_SERVER_MOST_WAITING: whole(1, 1_000_000).default(1_000),
  GRAPHMEM_SERVER_MOST_WAITING_BYTES: whole(1, 2 ** 40).default(100 * 1024 * 1024),
})

/**
 * What the environment says of a region, or of a server that is one.
 *
 * @throws GraphMemError `CONFIG_INVALID` naming the variable; no value is in its message
 */
export function regionSettings(env: Readonly<Record<string, string | undefined>>): RegionSettings {
  const data = variablesOf(regionVariables, env)
  return {
    audit: auditOf(data),
    log: data.GRAPHMEM_SERVER_LOG,
    quotas: {
      requestsPerMinute: data.GRAPHMEM_SERVER_QUOTA_REQUESTS,
      storedBytes: data.GRAPHMEM_SERVER_QUOTA_BYTES,
      tokensPerDay: data.GRAPHMEM_SERVER_QUOTA_TOKENS,
      usdPerDay: data.GRAPHMEM_SERVER_QUOTA_USD,
      allRequestsPerMinute: data.GRAPHMEM_SERVER_MOST_REQUESTS,
    },
    redis:
      data.GRAPHMEM_SERVER_REDIS === undefined ? undefined : { url: data.GRAPHMEM_SERVER_REDIS, prefix: data.GRAPHMEM_SERVER_REDIS_PREFIX },
    ingestConcurrency: data.GRAPHMEM_SERVER_INGESTS,
    mostWaitingJobs: data.GRAPHMEM_SERVER_MOST_WAITING,
    mostWaitingBytes: data.GRAPHMEM_SERVER_MOST_WAITING_BYTES,
  }
}

function auditOf({
  GRAPHMEM_SERVER_AUDIT: path,
  GRAPHMEM_SERVER_AUDIT_SECRET: secret,
}: z.infer<typeof regionVariables>): RegionSettings['audit'] {
  if (path === undefined && secret === undefined) return undefined
  if (path === undefined) throw settingInvalid('GRAPHMEM_SERVER_AUDIT', 'it is missing: where is it recorded who did what?')
  return { path, secret: secretOf('GRAPHMEM_SERVER_AUDIT_SECRET', secret) }
}
