import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type AuditVerdict, permissions, signToken, verifyAudit } from '@graphmem/server'
import { inventedSentences } from '../invented-text.ts'
import { randomNumbers, shuffled } from '../random.ts'
import { type KeptAt, openKept } from '../stores/kept-at.ts'
import { compareMemories, type Differences } from './compare-memories.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { allForms, identifiedForms, requestMaker } from './ingest-request.ts'
import { Ledger } from './ledger.ts'
import { auditedRequests, listedJobs, listOverHttp } from './list-over-http.ts'
import { useMemories } from './use-memories.ts'
import { UserClient } from './user-client.ts'

/** Two processes and what they share, for a while under load in which they are ended again and again. */
export interface Scene {
  readonly keptAt: KeptAt
  /** Looks for faults in all of the store. @returns how many it found */
  readonly doctor: () => Promise<number>
  /** `undefined`: each process has a queue of its own. */
  readonly redisUrl: string | undefined
  readonly kills: number
  readonly terms: number
  /** For the audit trail. */
  readonly folder: string
  readonly seed: number
  readonly note: (text: string) => void
}

/** What was found when it was over. */
export interface Outcome {
  readonly ledger: Ledger
  readonly differences: Differences
  readonly ended: Fleet['ended']
  /** Jobs of a 202 that ended otherwise than done. */
  readonly notDone: number
  /** Jobs that nobody was told of, and that waited on when all others had ended. */
  readonly left: number
  /** Memories of which HTTP tells other episodes or facts than the store holds. */
  readonly toldOtherwise: number
  readonly findings: number
  readonly audit: AuditVerdict
  /** Faults that the chain had while the processes were adding to it, and were killed at that. */
  readonly faultsMeanwhile: number
  /** Requests that were answered, and are not in the audit trail. */
  readonly unaudited: number
}

const userCount = 24
/** What one user does at once. */
const loopsEach = 2
/** Requests that are answered before the first process is ended. */
const leastBefore = 100
/** How long a process has to end what is under way: less than a job waits whose process was killed, so that some are waited for in vain. */
export const drainMs = 6_000
/** How long jobs have to end when all is quiet. One that was at work in a killed process is begun again half a minute later. */
const quietMs = 120_000

const names = { issuer: 'https://issuer.example', audience: 'graphmem' }

export async function playScene({ keptAt, doctor, redisUrl, kills, terms, folder, seed, note }: Scene): Promise<Outcome> {
  const random = randomNumbers(seed)
  const [secret, auditSecret] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
  const auditPath = join(folder, `audit ${seed}.db`)
  const ledger = new Ledger()
  await using fleet = await startFleet(
    2,
    {
      ...storeVariables(keptAt),
      ...{ GRAPHMEM_SERVER_JWT_SECRET: secret, GRAPHMEM_SERVER_ISSUER: names.issuer, GRAPHMEM_SERVER_AUDIENCE: names.audience },
      ...{ GRAPHMEM_SERVER_AUDIT: auditPath, GRAPHMEM_SERVER_AUDIT_SECRET: auditSecret },
      ...{ GRAPHMEM_SERVER_QUOTA_REQUESTS: '1000000', GRAPHMEM_SERVER_DRAIN_MS: String(drainMs) },
      ...(redisUrl === undefined ? {} : { GRAPHMEM_SERVER_REDIS: redisUrl, GRAPHMEM_SERVER_REDIS_PREFIX: `bench-${process.pid}-${seed}` }),
    },
    random,
  )
  const clients = await Promise.all(
    Array.from({ length: userCount }, async (_, place) => {
      const userId = `auth0|user ${seed}.${place}@example.com`
      const token = await signToken(userId, { ...names, secret: Buffer.from(secret), permissions, expiresInSeconds: 3_600 })
      return new UserClient(userId, { token, fleet, ledger })
    }),
  )

  const sentences = inventedSentences(seed)
  const over = new AbortController()
  const uses = clients.flatMap((client) => {
    const use = {
      ...{ ledger, random, signal: over.signal, makeRequest: requestMaker(sentences, random) },
      forms: redisUrl === undefined ? identifiedForms : allForms,
    }
    return Array.from({ length: loopsEach }, () => useMemories(client, use))
  })
  while (ledger.acknowledged < leastBefore) await wait(100)
  const verified = verifyMeanwhile(() => verifyAudit(auditPath, Buffer.from(auditSecret)), over.signal)
  const endings = [...Array(kills).fill('SIGKILL'), ...Array(terms).fill('SIGTERM')]
  await fleet.endOften(shuffled(endings, random))
  over.abort()
  await Promise.all(uses)
  note(`${ledger.requests} requests, ${fleet.ended.length} ends; looking at what is there`)

  // A queue in the process is done when the process has ended.
  const { notDone, left } = redisUrl === undefined ? await doneByEnding(fleet) : await endedJobs(clients, ledger)
  await using store = await openKept(keptAt)
  const { differences, memories } = await compareMemories(store, {
    ...{ ledger, userIds: clients.map(({ userId }) => userId), outlives: redisUrl !== undefined },
  })
  let toldOtherwise = 0
  let unaudited = 0
  for (const client of clients) {
    const asked = new Set(ledger.requestIds.get(client.userId))
    for (const { userId, memoryId, episodeIds, factIds } of memories) {
      if (userId !== client.userId || episodeIds.length === 0) continue
      const told = await listOverHttp(client, memoryId)
      if (!isSame(told.episodeIds, episodeIds) || !isSame(told.factIds, factIds)) toldOtherwise += 1
    }
    unaudited += asked.difference(await auditedRequests(client)).size
  }
  await fleet.end()
  return {
    ...{ ledger, differences, notDone, left, toldOtherwise, unaudited, ended: fleet.ended },
    findings: await doctor(),
    faultsMeanwhile: await verified,
    audit: verifyAudit(auditPath, Buffer.from(auditSecret)),
  }
}

/** Verifies an audit trail that is being added to, time and again. @returns how many faults were found */
async function verifyMeanwhile(verify: () => AuditVerdict, signal: AbortSignal): Promise<number> {
  let faults = 0
  while (!signal.aborted) {
    faults += verify().faults.length
    await wait(2_000)
  }
  return faults
}

async function doneByEnding(fleet: Fleet): Promise<{ readonly notDone: number; readonly left: number }> {
  await fleet.end()
  await fleet.startAgain()
  return { notDone: 0, left: 0 }
}

/** Waits until all jobs have ended that anybody was told of, and half as long for the others. */
async function endedJobs(clients: readonly UserClient[], ledger: Ledger): Promise<{ readonly notDone: number; readonly left: number }> {
  const start = performance.now()
  let notDone = 0
  let left = 0
  for (const client of clients) {
    const told = new Set(ledger.ingests.flatMap(({ userId, job }) => (userId === client.userId && job !== undefined ? [job.id] : [])))
    for (;;) {
      const jobs = await listedJobs(client)
      const open = jobs.filter(({ status }) => status === 'waiting' || status === 'active')
      if (open.length > 0 && performance.now() - start < quietMs) {
        await wait(500)
        continue
      }
      const done = new Set(jobs.filter(({ status }) => status === 'done').map(({ id }) => id))
      const missed = told.difference(done)
      notDone += missed.size
      left += open.filter(({ id }) => !told.has(id)).length
      for (const { status, problem } of jobs) if (status !== 'done') ledger.note(`a job is ${status} ${problem?.type ?? ''}`)
      break
    }
  }
  return { notDone, left }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && new Set(one).size === one.length && new Set(other).symmetricDifference(new Set(one)).size === 0
}

function storeVariables(keptAt: KeptAt): Readonly<Record<string, string>> {
  const { options } = keptAt
  if (keptAt.store === 'turso') return { GRAPHMEM_STORE: 'url' in options ? options.url : options.urlTemplate }
  const { url, username, password } = keptAt.options
  return { GRAPHMEM_STORE: url, GRAPHMEM_STORE_USER: username, GRAPHMEM_STORE_PASSWORD: password }
}
