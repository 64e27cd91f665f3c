import { GraphMem } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { ModelCalls, regionSettings, type ServerSettings, startServer } from '@graphmem/server'
import { memoryStore } from '@graphmem/store-memory'
import { pino } from 'pino'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { atLeast, atMost } from '../gate.ts'
import { attack, newTally, type Tally, type Victim } from './attack.ts'
import { forgeries, type Issuer, tokenOf } from './forged-tokens.ts'
import { knownIssuers } from './issuers.ts'
import { routesOf } from './routes-of.ts'

const requestsEach = 5_100
const seed = 4
const victimsText = 'Quillfeather hid the Zanzibar ledger under Marrowby Bridge in 2019.'
const silent = pino({ enabled: false })
// Whoever tries everything makes many requests, and is not to be stopped by their number.
const region = regionSettings({ GRAPHMEM_SERVER_QUOTA_REQUESTS: '1000000' })

/** Every route of a real server, on every algorithm that it takes, with every forgery, and with other users' tokens. */
export async function authorisationBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  const tally = newTally()
  await using issuers = await knownIssuers()
  let routes = 0
  for (const { name, issuer, jwt } of issuers.all) {
    options.note(`requests to a server that takes ${name}`)
    await using store = memoryStore()
    const modelCalls = new ModelCalls()
    const observer = modelCalls.observer()
    await using graphMem = new GraphMem({ store, reasoner: localReasoner(), embedder: await localEmbedder(), observer })
    const server = await startServer([{ graphMem, modelCalls, settings: region }], settings(jwt), silent)
    try {
      const victim = await makeVictim(server.url, issuer)
      const all = await routesOf(server.url)
      routes = all.length
      await attack(server.url, issuer, { routes: all, victim, requests: options.quick ? requestsEach / 10 : requestsEach, seed, tally })
    } finally {
      await server.close()
    }
  }
  return rowsOf(tally, routes, issuers.all.length, options.quick)
}

function rowsOf(tally: Tally, routes: number, algorithms: number, quick: boolean): readonly BenchRow[] {
  const own = tally.byAttack.get('the victim itself') ?? 0
  return [
    { measure: 'routes; ways to come in; algorithms', value: `${routes}; ${Object.keys(forgeries).length + 2}; ${algorithms}` },
    atLeast('requests', tally.requests, quick ? 2_000 : 20_000),
    atMost('answers with anything of the victim', tally.leaks, 0),
    atMost('answers of 500 and above', tally.failures, 0),
    atMost('answers but 401, 403 and 404, or that tell a foreign id from one never used', tally.wrong, 0),
    {
      measure: "requests of the victim itself; of these answered with what is the victim's",
      value: `${own}; ${tally.found}`,
      goal: 'all',
      holds: own > 0 && tally.found === own,
    },
    ...tally.examples.map((example) => ({ measure: 'for example', value: example })),
  ]
}

/** Somebody with three memories, made by requests as anybody makes them. */
async function makeVictim(url: string, issuer: Issuer): Promise<Victim> {
  const userId = 'victim@example.com'
  const authorization = `Bearer ${await tokenOf(issuer, { sub: userId })}`
  const memoryIds = ['default', 'chat', 'notes: a/b']
  const episodeIds: string[] = []
  for (const memoryId of memoryIds) {
    const response = await fetch(`${url}/v1/ingest`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'memory-id': encodeURIComponent(memoryId) },
      body: JSON.stringify({ documents: [{ id: 'd1', title: 'Quillfeather', text: victimsText }] }),
    })
    const { episodes } = (await response.json()) as { readonly episodes: readonly { readonly id: string }[] }
    episodeIds.push(...episodes.map(({ id }) => id))
  }
  const { jobs } = (await (await fetch(`${url}/v1/jobs`, { headers: { authorization } })).json()) as {
    readonly jobs: readonly { readonly id: string }[]
  }
  const jobIds = jobs.map(({ id }) => id)
  const secrets = ['Quillfeather', 'Zanzibar', 'Marrowby', userId, ...episodeIds, ...jobIds]
  return { userId, memoryIds, episodeIds, jobIds, secrets }
}

function settings(jwt: NonNullable<ServerSettings['jwt']>): ServerSettings {
  return {
    ...{ host: '127.0.0.1', port: 0, jwt, apiKeys: [], singleUser: undefined, regions: undefined, homes: undefined },
    ...{ origins: [], maxBodyBytes: 1_000_000, timeoutMs: 60_000, noticeMs: 0, drainMs: 1_000 },
    share: 1,
    atOnce: { perUser: 1_000, all: 1_000 },
  }
}
