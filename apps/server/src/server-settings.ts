import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { z } from 'zod'
import type { AtOnceLimits } from './http/admit-requests.ts'
import type { QuotaLimits } from './quotas/quotas.ts'
import { settingInvalid } from './setting-invalid.ts'
import { type StoredKey, storedKey } from './who/api-keys.ts'
import type { JwtSettings } from './who/jwt-authenticator.ts'

/** What the server itself needs to know; where memories are kept, and by what they are read, are settings of GraphMem. */
export interface ServerSettings {
  readonly host: string
  readonly port: number
  /** Whose tokens are taken. `undefined`: no tokens are asked for, and each request acts for `singleUser`. */
  readonly jwt: JwtSettings | undefined
  readonly apiKeys: readonly StoredKey[]
  /** For whom all requests act where authentication is off: on a loopback address only. */
  readonly singleUser: string | undefined
  /** The file of the audit trail, and the secret that its links and pseudonyms are made with. */
  readonly audit: { readonly path: string; readonly secret: Uint8Array } | undefined
  readonly maxBodyBytes: number
  readonly quotas: QuotaLimits
  readonly atOnce: AtOnceLimits
  /** What several processes share: counts, and what waits. `undefined`: each has its own. */
  readonly redis: { readonly url: string; readonly prefix: string } | undefined
  /** Ingests at work at once, of all users, in a process. */
  readonly ingestConcurrency: number
  /** Ingests of one user that wait at most. */
  readonly mostWaitingJobs: number
  /** How long a request may take, in milliseconds. */
  readonly timeoutMs: number
  /** How long requests under way have to end once the server is told to stop, in milliseconds. */
  readonly drainMs: number
}

const text = z.string().min(1).optional()
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const variables = z.object({
  GRAPHMEM_SERVER_HOST: z.string().min(1).default('127.0.0.1'),
  GRAPHMEM_SERVER_PORT: whole(0, 65_535).default(8080),
  GRAPHMEM_SERVER_AUTH: z.enum(['jwt', 'keys', 'off']).optional(),
  GRAPHMEM_SERVER_JWT_SECRET: text,
  GRAPHMEM_SERVER_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  GRAPHMEM_SERVER_ISSUER: text,
  GRAPHMEM_SERVER_AUDIENCE: text,
  GRAPHMEM_SERVER_REGION_CLAIM: text,
  GRAPHMEM_SERVER_KEYS: text,
  GRAPHMEM_SERVER_USER: text,
  GRAPHMEM_SERVER_AUDIT: text,
  GRAPHMEM_SERVER_AUDIT_SECRET: text,
  GRAPHMEM_SERVER_MAX_BODY_BYTES: whole(1_000, 2 ** 30).default(10 * 1024 * 1024),
  GRAPHMEM_SERVER_REDIS: z.url({ protocol: /^rediss?$/ }).optional(),
  GRAPHMEM_SERVER_REDIS_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,100}$/)
    .default('graphmem-server'),
  GRAPHMEM_SERVER_QUOTA_REQUESTS: whole(1, 1_000_000).default(1_000),
  GRAPHMEM_SERVER_QUOTA_AT_ONCE: whole(1, 100_000).default(64),
  GRAPHMEM_SERVER_QUOTA_BYTES: whole(1, 2 ** 50).optional(),
  GRAPHMEM_SERVER_QUOTA_TOKENS: whole(1, 2 ** 50).optional(),
  GRAPHMEM_SERVER_QUOTA_USD: z.coerce.number().min(0.000_001).max(1_000_000).optional(),
  GRAPHMEM_SERVER_MOST_REQUESTS: whole(1, 100_000_000).optional(),
  GRAPHMEM_SERVER_MOST_AT_ONCE: whole(1, 100_000).default(512),
  GRAPHMEM_SERVER_INGESTS: whole(1, 1_000).default(16),
  GRAPHMEM_SERVER_MOST_WAITING: whole(1, 1_000_000).default(1_000),
  GRAPHMEM_SERVER_TIMEOUT_MS: whole(100, 3_600_000).default(120_000),
  GRAPHMEM_SERVER_DRAIN_MS: whole(0, 3_600_000).default(20_000),
})

type Variables = z.infer<typeof variables>

const leastSecretBytes = 32

/**
 * The server's settings in the environment. A variable that is empty counts as not set.
 *
 * @throws GraphMemError `CONFIG_INVALID` naming the variable, when one is missing, or contradicts another; no value is in its message
 */
export async function serverSettings(env: Readonly<Record<string, string | undefined>>): Promise<ServerSettings> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const { success, data, error } = variables.safeParse(given)
  if (!success) throw settingInvalid(String(error.issues[0]?.path[0]), 'it is not as docs/deploy.md says')
  const jwt = jwtOf(data)
  const apiKeys = data.GRAPHMEM_SERVER_KEYS === undefined ? [] : await readKeys(data.GRAPHMEM_SERVER_KEYS)
  const isOff = data.GRAPHMEM_SERVER_AUTH === 'off'
  if (isOff && (jwt !== undefined || data.GRAPHMEM_SERVER_KEYS !== undefined))
    throw settingInvalid('GRAPHMEM_SERVER_AUTH', 'it is off, and tokens or keys are set beside it')
  if (isOff && !isLoopback(data.GRAPHMEM_SERVER_HOST))
    throw settingInvalid(
      'GRAPHMEM_SERVER_HOST',
      'it is reached from elsewhere, and GRAPHMEM_SERVER_AUTH is off. Give 127.0.0.1, or ask for tokens',
    )
  if (!isOff && jwt === undefined && data.GRAPHMEM_SERVER_KEYS === undefined)
    throw settingInvalid(
      'GRAPHMEM_SERVER_AUTH',
      'nobody could come in. Set GRAPHMEM_SERVER_JWT_SECRET or GRAPHMEM_SERVER_JWKS_URL with GRAPHMEM_SERVER_ISSUER and GRAPHMEM_SERVER_AUDIENCE, or GRAPHMEM_SERVER_KEYS',
    )
  if (isOff && data.GRAPHMEM_SERVER_USER === undefined)
    throw settingInvalid('GRAPHMEM_SERVER_USER', 'it is missing: for whom do requests act while GRAPHMEM_SERVER_AUTH is off?')
  if (!isOff && data.GRAPHMEM_SERVER_USER !== undefined)
    throw settingInvalid('GRAPHMEM_SERVER_USER', 'it goes with GRAPHMEM_SERVER_AUTH=off only: otherwise tokens say who comes')
  return {
    host: data.GRAPHMEM_SERVER_HOST,
    port: data.GRAPHMEM_SERVER_PORT,
    jwt,
    apiKeys,
    singleUser: isOff ? data.GRAPHMEM_SERVER_USER : undefined,
    audit: auditOf(data),
    maxBodyBytes: data.GRAPHMEM_SERVER_MAX_BODY_BYTES,
    quotas: {
      requestsPerMinute: data.GRAPHMEM_SERVER_QUOTA_REQUESTS,
      storedBytes: data.GRAPHMEM_SERVER_QUOTA_BYTES,
      tokensPerDay: data.GRAPHMEM_SERVER_QUOTA_TOKENS,
      usdPerDay: data.GRAPHMEM_SERVER_QUOTA_USD,
      allRequestsPerMinute: data.GRAPHMEM_SERVER_MOST_REQUESTS,
    },
    atOnce: { perUser: data.GRAPHMEM_SERVER_QUOTA_AT_ONCE, all: data.GRAPHMEM_SERVER_MOST_AT_ONCE },
    redis: redisOf(data),
    ingestConcurrency: data.GRAPHMEM_SERVER_INGESTS,
    mostWaitingJobs: data.GRAPHMEM_SERVER_MOST_WAITING,
    timeoutMs: data.GRAPHMEM_SERVER_TIMEOUT_MS,
    drainMs: data.GRAPHMEM_SERVER_DRAIN_MS,
  }
}

function jwtOf(data: Variables): JwtSettings | undefined {
  const { GRAPHMEM_SERVER_JWT_SECRET: secret, GRAPHMEM_SERVER_JWKS_URL: jwksUrl, GRAPHMEM_SERVER_REGION_CLAIM: regionClaim } = data
  if (secret === undefined && jwksUrl === undefined) return undefined
  if (secret !== undefined && jwksUrl !== undefined)
    throw settingInvalid(
      'GRAPHMEM_SERVER_JWKS_URL',
      'GRAPHMEM_SERVER_JWT_SECRET is set as well. Keep one: a token may not choose how it is checked',
    )
  const { GRAPHMEM_SERVER_ISSUER: issuer, GRAPHMEM_SERVER_AUDIENCE: audience } = data
  if (issuer === undefined) throw settingInvalid('GRAPHMEM_SERVER_ISSUER', 'it is missing: whose tokens are taken?')
  if (audience === undefined) throw settingInvalid('GRAPHMEM_SERVER_AUDIENCE', 'it is missing: which tokens are meant for this server?')
  const checked = { issuer, audience, ...(regionClaim === undefined ? {} : { regionClaim }) }
  if (jwksUrl !== undefined) return { ...checked, jwksUrl: new URL(jwksUrl) }
  return { ...checked, secret: secretOf('GRAPHMEM_SERVER_JWT_SECRET', secret) }
}

function auditOf({ GRAPHMEM_SERVER_AUDIT: path, GRAPHMEM_SERVER_AUDIT_SECRET: secret }: Variables): ServerSettings['audit'] {
  if (path === undefined && secret === undefined) return undefined
  if (path === undefined) throw settingInvalid('GRAPHMEM_SERVER_AUDIT', 'it is missing: where is it recorded who did what?')
  return { path, secret: secretOf('GRAPHMEM_SERVER_AUDIT_SECRET', secret) }
}

function redisOf({ GRAPHMEM_SERVER_REDIS: url, GRAPHMEM_SERVER_REDIS_PREFIX: prefix }: Variables): ServerSettings['redis'] {
  return url === undefined ? undefined : { url, prefix }
}

function secretOf(variable: string, secret = ''): Uint8Array {
  const bytes = new TextEncoder().encode(secret)
  if (bytes.length < leastSecretBytes) throw settingInvalid(variable, `it is missing, or under ${leastSecretBytes} bytes. Give random ones`)
  return bytes
}

async function readKeys(path: string): Promise<readonly StoredKey[]> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw settingInvalid('GRAPHMEM_SERVER_KEYS', 'the file cannot be read', error)
  })
  return content.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [storedKey.parse(JSON.parse(line))]
    } catch {
      throw settingInvalid('GRAPHMEM_SERVER_KEYS', `line ${index + 1} of the file is no key. \`graphmem token --key\` makes one`)
    }
  })
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
