import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { type GraphMemSettings, type OpenedGraphMem, openGraphMem, readSettings } from '@graphmem/config'
import { type GraphStore, regional } from '@graphmem/core'
import { ModelCalls } from '../quotas/model-calls.ts'
import { processVariables, type ServerSettings } from '../server-settings.ts'
import { type Environment, refuseUnknown } from '../server-variables.ts'
import { settingInvalid } from '../setting-invalid.ts'
import type { Homes } from './homes.ts'
import { ofRegion } from './of-region.ts'
import { regionSettings, regionVariables } from './region-settings.ts'
import type { ServedRegion } from './served-region.ts'
import { serverOf } from './server-of.ts'

/** What a server serves. Disposing of it closes the memories. */
export interface Served extends AsyncDisposable {
  readonly regions: readonly ServedRegion[]
}

/**
 * Opens what the environment names: where `GRAPHMEM_SERVER_REGIONS` names regions, each from a file of its own, else one for all users.
 *
 * @param ofAll settings of GraphMem where there are no regions. Default: the environment and the config file
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function openServed(
  { regions, homes }: Pick<ServerSettings, 'regions' | 'homes'>,
  env: Environment,
  ofAll = async (): Promise<GraphMemSettings> => (await readSettings({ env })).settings,
): Promise<Served> {
  await using opened = new AsyncDisposableStack()
  const open = async (name: string | undefined, environment: Environment, settings: GraphMemSettings): Promise<ServedRegion> => {
    const modelCalls = new ModelCalls()
    const observed = { ...settings, observer: modelCalls.observer(settings.observer) }
    const graphMem: OpenedGraphMem = opened.use(await openGraphMem(observed, name === undefined ? {} : { placed: placedIn(name, homes) }))
    return { name, graphMem, modelCalls, settings: regionSettings(environment) }
  }
  const served: ServedRegion[] = []
  const places = new Map<string, string>()
  if (regions === undefined) served.push(await open(undefined, env, await ofAll()))
  else await refuseOfNoRegion(env)
  for (const [name, path] of regions ?? []) {
    try {
      const environment = await readVariables(path)
      // No config file is looked for: it would be one for all regions.
      const { settings } = await readSettings({ env: environment, folder: null })
      refuseSharedPlaces(name, { ...environment, GRAPHMEM_STORE: settings.store, GRAPHMEM_CACHE: settings.cache }, places)
      served.push(await open(name, environment, settings))
    } catch (error) {
      throw ofRegion(name, error)
    }
  }
  const parts = opened.move()
  return { regions: served, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}

/** The store of a region refuses whom the table of homes has elsewhere, whatever became of a request on its way there. */
function placedIn(name: string, homes: Homes | undefined): (store: GraphStore) => GraphStore {
  return (store) => regional<string>({ [name]: store }, (userId) => (homes === undefined ? name : (homes.get(userId) ?? '')))
}

async function readVariables(path: string): Promise<Environment> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw settingInvalid('GRAPHMEM_SERVER_REGIONS', 'its file cannot be read', error)
  })
  const variables = parseEnv(content)
  refuseUnknown(Object.keys(variables), [processVariables, regionVariables])
  const ofProcess = Object.keys(variables).find((name) => name in processVariables.shape)
  if (ofProcess !== undefined) throw settingInvalid(ofProcess, 'it is the same for all regions. Set it in the environment')
  if (variables['GRAPHMEM_SERVER_LOG'] === undefined || variables['GRAPHMEM_SERVER_LOG'] === '')
    throw settingInvalid('GRAPHMEM_SERVER_LOG', 'it is missing: in which file is it logged what users of the region do?')
  return variables
}

/** Variables that say where something of users is kept. */
const placeVariables = ['GRAPHMEM_STORE', 'GRAPHMEM_CACHE', 'GRAPHMEM_SERVER_REDIS', 'GRAPHMEM_SERVER_AUDIT', 'GRAPHMEM_SERVER_LOG']

/** @param places of the regions before, with whose they are */
function refuseSharedPlaces(name: string, settings: Readonly<Record<string, unknown>>, places: Map<string, string>): void {
  for (const variable of placeVariables) {
    const setting = settings[variable]
    if (typeof setting !== 'string' || setting === '' || setting === 'memory:') continue
    const place = serverOf(setting)
    const other = places.get(place) ?? name
    if (other !== name) throw settingInvalid(variable, `it is the same as in region ${other}. What is kept there would be of both`)
    places.set(place, name)
  }
}

/** Refuses settings beside the regions: they would apply to none of them. */
async function refuseOfNoRegion(env: Environment): Promise<void> {
  const { settings } = await readSettings({ env, folder: null })
  const ofNone = [...Object.keys(regionVariables.shape).filter((name) => (env[name] ?? '') !== ''), ...Object.keys(settings)][0]
  if (ofNone !== undefined)
    throw settingInvalid('GRAPHMEM_SERVER_REGIONS', `${ofNone} is set beside it, and is of no region. Set it in the files of the regions`)
}
