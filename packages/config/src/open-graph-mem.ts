import { type Cache, GraphMem, type GraphMemOptions, type GraphStore } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { openCache } from './open-cache.ts'
import { openEmbedder } from './open-embedder.ts'
import { openReasoner } from './open-reasoner.ts'
import { openStore } from './open-store.ts'
import { type ReadSettingsOptions, readSettings } from './read-settings.ts'
import { settingCalled } from './setting-called.ts'
import { checkedSettings, type GraphMemSettings } from './settings.ts'
import { withoutUndefined } from './without-undefined.ts'

/** A GraphMem that owns what it works with: its `close()` closes the store, the cache and the embedder too, those that were given as well. */
export class OpenedGraphMem extends GraphMem {
  readonly store: GraphStore
  readonly cache: Cache | undefined
  readonly #parts: readonly unknown[]
  #closed: Promise<void> | undefined

  /** @throws GraphMemError `CONFIG_INVALID` */
  constructor(options: GraphMemOptions) {
    super(options)
    this.store = options.store
    this.cache = options.cache
    this.#parts = [options.embedder, options.reasoner, options.cache, options.store]
  }

  override close(): Promise<void> {
    this.#closed ??= super.close().then(() => disposeAll(this.#parts))
    return this.#closed
  }
}

export interface OpenGraphMemOptions {
  /** What the store that settings name is put into, such as `regional()`; its disposal is then that of the store. Default: nothing. */
  readonly placed?: (store: GraphStore) => GraphStore
}

/**
 * Opens what settings name, importing no package but those they ask for. Nothing connects before it is used. What is given as an adapter is
 * closed with the rest.
 *
 * @throws GraphMemError `CONFIG_INVALID` when a setting is unknown, missing, or contradicts another, or a package is not installed
 */
export async function openGraphMem(
  settings: GraphMemSettings,
  { placed = (store) => store }: OpenGraphMemOptions = {},
): Promise<OpenedGraphMem> {
  const checked = checkedSettings(settings, 'the settings')
  refuseWithoutCache(checked)
  const {
    cacheQueryTtlMs: queryMs,
    cacheSearchTtlMs: searchMs,
    cacheTimeoutMs,
    maxIndexBytes,
    modelLimits,
    prices,
    budgetPerUser,
    analyzer,
    weights,
    observer,
    clock,
  } = checked
  const opened: unknown[] = []
  const open = async <T>(part: Promise<T>): Promise<T> => {
    const made = await part
    opened.push(made)
    return made
  }
  try {
    return new OpenedGraphMem({
      store: placed(await open(openStore(checked))),
      reasoner: await open(openReasoner(checked)),
      embedder: await open(openEmbedder(checked)),
      cacheTtls: withoutUndefined({ queryMs, searchMs }),
      ...withoutUndefined({ cache: await open(openCache(checked)), cacheTimeoutMs, maxIndexBytes, analyzer, weights, observer, clock }),
      ...withoutUndefined({ modelLimits, prices, budgetPerUser }),
    })
  } catch (error) {
    // What went wrong first is what is told.
    await disposeAll(opened).catch(() => undefined)
    throw error
  }
}

/**
 * Opens what the environment and the config file name.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function graphMemFromEnvironment(options: ReadSettingsOptions = {}): Promise<OpenedGraphMem> {
  return openGraphMem((await readSettings(options)).settings)
}

function refuseWithoutCache(settings: GraphMemSettings): void {
  const stray = (['cacheQueryTtlMs', 'cacheSearchTtlMs', 'cacheTimeoutMs'] as const).find((name) => settings[name] !== undefined)
  if (stray !== undefined && settings.cache === undefined)
    throw configInvalid(stray, `${settingCalled(stray)} is set, and ${settingCalled('cache')} is not`)
}

async function disposeAll(parts: readonly unknown[]): Promise<void> {
  const results = await Promise.allSettled(parts.filter(isDisposable).map(async (part) => part[Symbol.asyncDispose]()))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

function isDisposable(part: unknown): part is AsyncDisposable {
  return typeof part === 'object' && part !== null && Symbol.asyncDispose in part
}
