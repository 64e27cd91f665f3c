import type {
  Analyzer,
  Cache,
  Embedder,
  GraphMemOptions,
  GraphStore,
  LanguageModel,
  Observer,
  Reasoner,
  RecallWeights,
} from '@graphmem/core'
import { z } from 'zod'
import { configInvalid } from './config-invalid.ts'
import { nearest } from './nearest.ts'

/** Where memories are kept. */
export interface StoreSettings {
  /**
   * `memory:`, `file:./graphmem.db`, `file:./memories/{userId}.db` for one file a user, `libsql://…`, `https://…`, `neo4j://…`, `neo4j+s://…`,
   * `bolt://…`; or a store. No secret is in a URL.
   */
  readonly store?: string | GraphStore | undefined
  /** For a remote libSQL database. */
  readonly storeToken?: string | undefined
  /** For Neo4j. Default `neo4j`. */
  readonly storeUser?: string | undefined
  /** For Neo4j. */
  readonly storePassword?: string | undefined
  /** For Neo4j. Default: that of the server. */
  readonly storeDatabase?: string | undefined
  /** The remote libSQL database that a file is a replica of. */
  readonly storeSyncUrl?: string | undefined
  /** How often a file that is a replica is brought up to date, in milliseconds. Default: only by what this process does. */
  readonly storeSyncIntervalMs?: number | undefined
  /** How long a request to a remote libSQL database may take, in milliseconds. Default 30,000. */
  readonly storeTimeoutMs?: number | undefined
  /** With one file a user: how many are open at most. */
  readonly storeMaxOpenFiles?: number | undefined
}

/** Where answers and searches are kept for a while. */
export interface CacheSettings {
  /**
   * `memory:`, `redis://…`, `rediss://user:password@…`, or for a Cluster several of these with commas between them; or a cache. Default: none.
   */
  readonly cache?: string | Cache | undefined
  /** For Redis: how the name of every key begins. Default `graphmem`. */
  readonly cachePrefix?: string | undefined
}

/** What reads, answers and makes vectors. */
export interface ModelSettings {
  /**
   * The language model that reads and answers: `openai:gpt-4o-mini`, `azure:gpt-4o-mini/deployment`, `anthropic:model`, `ollama:llama3.2`; `local`
   * for none; or a language model. Not beside `reasoner`.
   */
  readonly llm?: string | LanguageModel | undefined
  /** For the provider of `llm`. */
  readonly llmKey?: string | undefined
  /** Where the model is: a server that speaks as OpenAI does, the resource at Azure, Ollama. Default: the provider's own. */
  readonly llmUrl?: string | undefined
  /** `local:`, or a reasoner. Default `local:`, without `llm`. */
  readonly reasoner?: string | Reasoner | undefined
  /**
   * `local:`; `onnx:/folder`, the files of a sentence-transformers model; `openai:text-embedding-3-small`, `azure:model/deployment`,
   * `ollama:nomic-embed-text`; or an embedder. Default `local:`.
   */
  readonly embedder?: string | Embedder | undefined
  /** For the provider of `embedder`. */
  readonly embedderKey?: string | undefined
  /** Where the embedder is, as `llmUrl`. */
  readonly embedderUrl?: string | undefined
  /** How long the vectors are. Known for OpenAI's own models, which can shorten theirs; needed for others of a provider. */
  readonly embedderDimensions?: number | undefined
}

/**
 * All that can be set. In the environment `storeToken` is `GRAPHMEM_STORE_TOKEN`, and so on; what is no text and no number can be set in a config
 * file alone.
 */
export interface GraphMemSettings extends StoreSettings, CacheSettings, ModelSettings {
  /** How long an answer is kept at most, in milliseconds. Default 300,000. */
  readonly cacheQueryTtlMs?: number | undefined
  /** How long a search is kept at most, in milliseconds. Default 300,000. */
  readonly cacheSearchTtlMs?: number | undefined
  /** How long a call of the cache may take, in milliseconds. Default 200. */
  readonly cacheTimeoutMs?: number | undefined
  /** What the process may hold of recall indexes, in bytes. Default 512 MiB. */
  readonly maxIndexBytes?: number | undefined
  /** What each model may be asked, and how long is waited for it. */
  readonly modelLimits?: GraphMemOptions['modelLimits'] | undefined
  /** Prices of models, over those that ship with the library. */
  readonly prices?: GraphMemOptions['prices'] | undefined
  /** What each user may spend on models within a stretch of time. */
  readonly budgetPerUser?: GraphMemOptions['budgetPerUser'] | undefined
  readonly analyzer?: Analyzer | undefined
  readonly weights?: RecallWeights | undefined
  readonly observer?: Observer | undefined
  readonly clock?: GraphMemOptions['clock'] | undefined
}

export type SettingName = keyof GraphMemSettings

export type StoreDetail = Exclude<keyof StoreSettings, 'store'>

interface Details {
  readonly store: readonly StoreDetail[]
  readonly cache: readonly Exclude<keyof CacheSettings, 'cache'>[]
  readonly llm: readonly ('llmKey' | 'llmUrl')[]
  readonly embedder: readonly ('embedderKey' | 'embedderUrl' | 'embedderDimensions')[]
}

/** Settings that say more of the one they are listed under, and mean nothing without it. */
export const details: Details = {
  store: [
    'storeToken',
    'storeUser',
    'storePassword',
    'storeDatabase',
    'storeSyncUrl',
    'storeSyncIntervalMs',
    'storeTimeoutMs',
    'storeMaxOpenFiles',
  ],
  cache: ['cachePrefix'],
  llm: ['llmKey', 'llmUrl'],
  embedder: ['embedderKey', 'embedderUrl', 'embedderDimensions'],
}

const text = z.string().min(1, 'it is empty').optional()
const count = z.number({ error: 'it is no number' }).int('it is no whole number').min(1, 'it is under 1').optional()
const anObject = z.custom<object>((value) => typeof value === 'object' && value !== null, 'it is no object').optional()
const aFunction = z.custom<() => unknown>((value) => typeof value === 'function', 'it is no function').optional()

/** GraphMem looks at a part itself: here it is told from a URL. */
function urlOr(part: string) {
  const isEither = (value: unknown) => (typeof value === 'string' ? value !== '' : typeof value === 'object' && value !== null)
  return z.custom<string | object>(isEither, `it is neither a URL nor a ${part}`).optional()
}

const schema = z.strictObject({
  store: urlOr('store'),
  storeToken: text,
  storeUser: text,
  storePassword: text,
  storeDatabase: text,
  storeSyncUrl: text,
  storeSyncIntervalMs: count,
  storeTimeoutMs: count,
  storeMaxOpenFiles: count,
  cache: urlOr('cache'),
  cachePrefix: text,
  cacheQueryTtlMs: count,
  cacheSearchTtlMs: count,
  cacheTimeoutMs: count,
  llm: urlOr('language model'),
  llmKey: text,
  llmUrl: text,
  reasoner: urlOr('reasoner'),
  embedder: urlOr('embedder'),
  embedderKey: text,
  embedderUrl: text,
  embedderDimensions: count,
  maxIndexBytes: z.number({ error: 'it is no number' }).min(0, 'it is under 0').optional(),
  modelLimits: z.union([anObject, aFunction], { error: 'it is neither an object nor a function' }),
  prices: anObject,
  budgetPerUser: anObject,
  analyzer: anObject,
  weights: anObject,
  observer: aFunction,
  clock: aFunction,
} satisfies Readonly<Record<SettingName, z.ZodType>>)

export const settingNames: readonly SettingName[] = schema.keyof().options

/** Settings that are numbers: a variable is read as one. */
export const numberNames: ReadonlySet<SettingName> = new Set([
  'storeSyncIntervalMs',
  'storeTimeoutMs',
  'storeMaxOpenFiles',
  'cacheQueryTtlMs',
  'cacheSearchTtlMs',
  'cacheTimeoutMs',
  'embedderDimensions',
  'maxIndexBytes',
])

/** The variable of a setting: `GRAPHMEM_STORE_TOKEN` of `storeToken`. */
export function variableOf(name: SettingName): string {
  return `GRAPHMEM_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/**
 * The settings, without those that are `undefined`.
 *
 * @param nameOf what a setting is called where it was read
 * @throws GraphMemError `CONFIG_INVALID`. No value is in its message.
 */
export function checkedSettings(given: unknown, where: string, nameOf: (name: string) => string = (name) => name): GraphMemSettings {
  const { success, error, data } = schema.safeParse(given)
  if (success) return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
  const [issue] = error.issues
  const [name] = issue?.code === 'unrecognized_keys' ? issue.keys : (issue?.path.map(String) ?? [])
  if (issue === undefined || name === undefined) throw configInvalid('settings', `${where} are no settings`)
  if (issue.code === 'unrecognized_keys') {
    throw configInvalid(name, `${where}: there is no setting \`${name}\`${didYouMean(name)}`)
  }
  const problem = issue.code === 'invalid_type' && issue.expected === 'string' ? 'it is no text' : issue.message
  throw configInvalid(name, `${where}: ${nameOf(name)}: ${problem}`)
}

function didYouMean(name: string): string {
  const meant = nearest(name, settingNames)
  return meant === undefined ? `. The settings are ${settingNames.join(', ')}` : `. Did you mean \`${meant}\`?`
}
