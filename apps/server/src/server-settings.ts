import { z } from 'zod'
import type { AtOnceLimits } from './http/admit-requests.ts'
import { isLoopback } from './http/own-machine.ts'
import { type Homes, readHomes } from './regions/homes.ts'
import { regionVariables } from './regions/region-settings.ts'
import { type Environment, refuseUnknown, secretOf, text, variablesOf, whole } from './server-variables.ts'
import { settingInvalid } from './setting-invalid.ts'
import type { StoredKey } from './who/api-keys.ts'
import type { JwtSettings } from './who/jwt-authenticator.ts'
import { readKeys } from './who/read-keys.ts'

/** Where the server listens, whom it lets in, and how long it waits: what is the same for all regions. */
export interface ServerSettings {
  readonly host: string
  readonly port: number
  /** Whose tokens are taken. `undefined`: those of nobody; there are API keys, or each request acts for `singleUser`. */
  readonly jwt: JwtSettings | undefined
  readonly apiKeys: readonly StoredKey[]
  /** For whom all requests act where authentication is off: on a loopback address only. */
  readonly singleUser: string | undefined
  /** The file with the variables of each region. `undefined`: there are none, and users have none. */
  readonly regions: ReadonlyMap<string, string> | undefined
  /** Where each user lives. `undefined`: tokens say. */
  readonly homes: Homes | undefined
  /** Of pages in browsers that may make requests: none by default. */
  readonly origins: readonly string[]
  readonly maxBodyBytes: number
  readonly atOnce: AtOnceLimits
  /** Of a process's time, what one user may take beside others who ask little: above 0, at most 1. */
  readonly share: number
  /** How long a request may take, in milliseconds. */
  readonly timeoutMs: number
  /** How long the server still takes requests once it is told to stop, and says that none should come, in milliseconds. */
  readonly noticeMs: number
  /** How long requests under way have to end after that, in milliseconds. */
  readonly drainMs: number
}

const regionFiles = /^[A-Za-z0-9_-]{1,64}=[^,]+(,[A-Za-z0-9_-]{1,64}=[^,]+)*$/

/** Variables of the process, which are the same for all regions. */
export const processVariables = z.object({
  GRAPHMEM_SERVER_HOST: z.string().min(1).default('127.0.0.1'),
  GRAPHMEM_SERVER_PORT: whole(0, 65_535).default(8080),
  GRAPHMEM_SERVER_AUTH: z.literal('off').optional(),
  GRAPHMEM_SERVER_JWT_SECRET: text,
  GRAPHMEM_SERVER_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  GRAPHMEM_SERVER_ISSUER: text,
  GRAPHMEM_SERVER_AUDIENCE: text,
  GRAPHMEM_SERVER_REGION_CLAIM: text,
  GRAPHMEM_SERVER_WEIGHT_CLAIM: text,
  GRAPHMEM_SERVER_KEYS: text,
  GRAPHMEM_SERVER_USER: text,
  GRAPHMEM_SERVER_REGIONS: z
    .string()
    .regex(regionFiles, 'Give names with files, such as eu=/etc/graphmem/eu.env, with commas between')
    .optional(),
  GRAPHMEM_SERVER_HOMES: text,
  GRAPHMEM_SERVER_MAX_BODY_BYTES: whole(1_000, 2 ** 30).default(10 * 1024 * 1024),
  GRAPHMEM_SERVER_QUOTA_AT_ONCE: whole(1, 100_000).default(64),
  GRAPHMEM_SERVER_MOST_AT_ONCE: whole(1, 100_000).default(512),
  GRAPHMEM_SERVER_CORS_ORIGINS: z
    .string()
    .regex(/^https?:\/\/[^\s,/*]+(,https?:\/\/[^\s,/*]+)*$/, 'Give origins such as https://app.example, with commas between; not *')
    .optional(),
  GRAPHMEM_SERVER_SHARE: z.coerce.number().min(0.001).max(1).default(0.03),
  GRAPHMEM_SERVER_TIMEOUT_MS: whole(100, 3_600_000).default(120_000),
  GRAPHMEM_SERVER_NOTICE_MS: whole(0, 3_600_000).default(0),
  GRAPHMEM_SERVER_DRAIN_MS: whole(0, 3_600_000).default(20_000),
})

type Variables = z.infer<typeof processVariables>

/**
 * The server's settings in the environment. A variable that is empty counts as not set.
 *
 * @throws GraphMemError `CONFIG_INVALID` naming the variable, when one is missing, unknown, or contradicts another; no value is in its message
 */
export async function serverSettings(env: Environment): Promise<ServerSettings> {
  refuseUnknown(Object.keys(env), [processVariables, regionVariables])
  const data = variablesOf(processVariables, env)
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
    regions: regionsOf(data),
    homes: data.GRAPHMEM_SERVER_HOMES === undefined ? undefined : await readHomes(data.GRAPHMEM_SERVER_HOMES),
    maxBodyBytes: data.GRAPHMEM_SERVER_MAX_BODY_BYTES,
    atOnce: { perUser: data.GRAPHMEM_SERVER_QUOTA_AT_ONCE, all: data.GRAPHMEM_SERVER_MOST_AT_ONCE },
    share: data.GRAPHMEM_SERVER_SHARE,
    origins: data.GRAPHMEM_SERVER_CORS_ORIGINS?.split(',') ?? [],
    timeoutMs: data.GRAPHMEM_SERVER_TIMEOUT_MS,
    noticeMs: data.GRAPHMEM_SERVER_NOTICE_MS,
    drainMs: data.GRAPHMEM_SERVER_DRAIN_MS,
  }
}

function jwtOf(data: Variables): JwtSettings | undefined {
  const { GRAPHMEM_SERVER_JWT_SECRET: secret, GRAPHMEM_SERVER_JWKS_URL: jwksUrl } = data
  const { GRAPHMEM_SERVER_REGION_CLAIM: regionClaim, GRAPHMEM_SERVER_WEIGHT_CLAIM: weightClaim } = data
  if (secret === undefined && jwksUrl === undefined) return undefined
  if (secret !== undefined && jwksUrl !== undefined)
    throw settingInvalid(
      'GRAPHMEM_SERVER_JWKS_URL',
      'GRAPHMEM_SERVER_JWT_SECRET is set as well. Keep one: a token may not choose how it is checked',
    )
  const { GRAPHMEM_SERVER_ISSUER: issuer, GRAPHMEM_SERVER_AUDIENCE: audience } = data
  if (issuer === undefined) throw settingInvalid('GRAPHMEM_SERVER_ISSUER', 'it is missing: whose tokens are taken?')
  if (audience === undefined) throw settingInvalid('GRAPHMEM_SERVER_AUDIENCE', 'it is missing: which tokens are meant for this server?')
  const claims = { ...(regionClaim === undefined ? {} : { regionClaim }), ...(weightClaim === undefined ? {} : { weightClaim }) }
  const checked = { issuer, audience, ...claims }
  if (jwksUrl !== undefined) return { ...checked, jwksUrl: new URL(jwksUrl) }
  return { ...checked, secret: secretOf('GRAPHMEM_SERVER_JWT_SECRET', secret) }
}

function regionsOf(data: Variables): ServerSettings['regions'] {
  const { GRAPHMEM_SERVER_REGIONS: files, GRAPHMEM_SERVER_HOMES: homes, GRAPHMEM_SERVER_REGION_CLAIM: claim } = data
  if (files === undefined && (homes ?? claim) !== undefined)
    throw settingInvalid('GRAPHMEM_SERVER_REGIONS', 'it is missing, and GRAPHMEM_SERVER_HOMES or GRAPHMEM_SERVER_REGION_CLAIM is set')
  if (homes !== undefined && claim !== undefined)
    throw settingInvalid('GRAPHMEM_SERVER_HOMES', 'GRAPHMEM_SERVER_REGION_CLAIM is set as well. Keep one: a user has one home')
  if (files === undefined) return undefined
  const named = files.split(',').map((each): [string, string] => {
    const [name = ''] = each.split('=', 1)
    return [name, each.slice(name.length + 1)]
  })
  if (new Set(named.map(([name]) => name)).size < named.length) throw settingInvalid('GRAPHMEM_SERVER_REGIONS', 'it names a region twice')
  return new Map(named)
}
