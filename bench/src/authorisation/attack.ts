import { randomBytes } from 'node:crypto'
import { randomNumbers } from '../random.ts'
import { forgeries, type Issuer, tokenOf } from './forged-tokens.ts'

/** A route of the server, as its own document tells it. */
export interface Route {
  readonly method: string
  /** `/v1/memories/{memoryId}/facts` */
  readonly path: string
  /** Bodies that would do. */
  readonly bodies: readonly { readonly type: string; readonly text: string }[]
  /** What a token needs. */
  readonly permission: string
}

/** What the victim has, and nobody else may learn of. */
export interface Victim {
  readonly userId: string
  readonly memoryIds: readonly string[]
  readonly episodeIds: readonly string[]
  readonly jobIds: readonly string[]
  /** Words of its texts, and its ids of other things. */
  readonly secrets: readonly string[]
}

export interface Tally {
  requests: number
  /** By what was tried: `expired`, `another user with the ids of the victim`. */
  readonly byAttack: Map<string, number>
  leaks: number
  failures: number
  /** Neither 401, 403 nor 404, where it ought to be; or told otherwise than for an id never used. */
  wrong: number
  /** Requests of the victim that were answered with what is the victim's: without them, a server that is closed would pass. */
  found: number
  /** The first of what went wrong, without texts. */
  readonly examples: string[]
}

export function newTally(): Tally {
  return { requests: 0, byAttack: new Map(), leaks: 0, failures: 0, wrong: 0, found: 0, examples: [] }
}

/** What paths name. */
interface Ids {
  readonly memoryId: string
  readonly episodeId: string
  readonly jobId: string
}

interface Answered {
  readonly status: number
  readonly body: string
  readonly headers: string
}

const owner = 'the victim itself'
const all = ['memory:read', 'memory:write', 'memory:admin']

/**
 * Tries every route with every forgery, with tokens that allow too little, and with another user's good token and the victim's real ids, until the
 * number of requests is reached. What another user is told of a real id is compared with what is told of one never used: status, body, headers.
 */
export async function attack(
  url: string,
  from: Issuer,
  { routes, victim, requests, seed, tally }: { routes: readonly Route[]; victim: Victim; requests: number; seed: number; tally: Tally },
): Promise<void> {
  const random = randomNumbers(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const names = Object.keys(forgeries)
  const end = tally.requests + requests

  const fill = (path: string, ids: Ids) => path.replace(/\{(\w+)\}/g, (_, name: keyof Ids) => encodeURIComponent(ids[name]))
  const realIds = (): Ids => ({ memoryId: pick(victim.memoryIds), episodeId: pick(victim.episodeIds), jobId: pick(victim.jobIds) })
  const inventedIds = (): Ids => ({
    memoryId: randomBytes(9).toString('hex'),
    episodeId: randomBytes(13).toString('hex'),
    jobId: crypto.randomUUID(),
  })

  async function send(route: Route, ids: Ids, authorization: string | undefined, what: string, query = ''): Promise<Answered> {
    const [body] = route.bodies
    const response = await fetch(`${url}${fill(route.path, ids)}${query}`, {
      method: route.method,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': body.type }),
        'memory-id': encodeURIComponent(ids.memoryId),
        // No header names a user.
        ...{ 'x-user-id': victim.userId, 'user-id': victim.userId, 'x-forwarded-user': victim.userId },
      },
      ...(body === undefined ? {} : { body: body.text }),
    })
    const text = await response.text()
    tally.requests += 1
    tally.byAttack.set(what, (tally.byAttack.get(what) ?? 0) + 1)
    const fault = (kind: 'leaks' | 'failures', told: string) => {
      tally[kind] += 1
      note(tally, `${told}: ${what}: ${route.method} ${route.path}: ${response.status}`)
    }
    if (response.status >= 500) fault('failures', 'failed')
    const tellsSecrets = victim.secrets.some((secret) => text.includes(secret))
    if (what !== owner && tellsSecrets) fault('leaks', 'leaked')
    if (what === owner && tellsSecrets && response.status === 200) tally.found += 1
    const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
    return { status: response.status, body: text, headers: JSON.stringify(headers) }
  }

  function expectOnly(route: Route, what: string, answered: Answered, statuses: readonly number[]): void {
    if (statuses.includes(answered.status)) return
    tally.wrong += 1
    note(tally, `wrong: ${what}: ${route.method} ${route.path}: ${answered.status}`)
  }

  while (tally.requests < end) {
    const route = pick(routes)
    const name = pick(names)
    const query = pick(['', `?user_id=${encodeURIComponent(victim.userId)}`])
    expectOnly(route, name, await send(route, realIds(), await forgeries[name]?.(from, victim.userId), name, query), [401])

    const little = 'a token that allows too little'
    const scope = all.filter((each) => each !== route.permission && each !== 'memory:admin' && random() < 0.7).join(' ')
    const allowingLittle = `Bearer ${await tokenOf(from, { sub: pick([victim.userId, 'mallory']), scope })}`
    expectOnly(route, little, await send(route, realIds(), allowingLittle, little), [403])

    if (route.method === 'GET' && route.path.includes('{')) {
      await send(route, realIds(), `Bearer ${await tokenOf(from, { sub: victim.userId })}`, owner)
    }

    // Elsewhere a good token reaches what is its own user's, whatever the header names.
    if (!route.path.includes('{')) continue
    const foreign = 'another user with the ids of the victim'
    const mallory = `Bearer ${await tokenOf(from, { sub: `mallory-${Math.floor(random() * 1e9)}` })}`
    const real = await send(route, realIds(), mallory, foreign)
    const unknown = await send(route, inventedIds(), mallory, foreign)
    expectOnly(route, foreign, real, [404])
    if (real.status !== unknown.status || real.body !== unknown.body || real.headers !== unknown.headers) {
      tally.wrong += 1
      note(tally, `a foreign id is told otherwise than an unknown one: ${route.method} ${route.path}: ${real.status}, ${unknown.status}`)
    }
  }
}

function note(tally: Tally, example: string): void {
  if (tally.examples.length < 20) tally.examples.push(example)
}
