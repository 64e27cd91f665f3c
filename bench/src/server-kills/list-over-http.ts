import type { UserClient } from './user-client.ts'

/** All that a user is told of in a list that comes in pages. */
async function allPages<T>(client: UserClient, path: string, itemsOf: (body: never) => readonly T[]): Promise<readonly T[]> {
  const items: T[] = []
  let cursor: string | undefined
  do {
    const answer = await client.ask({ path: `${path}?limit=1000${cursor === undefined ? '' : `&cursor=${cursor}`}` })
    if (answer?.status !== 200) throw new Error(`${path} was answered with ${answer?.status}: ${answer?.text}`)
    const body = JSON.parse(answer.text)
    items.push(...itemsOf(body as never))
    cursor = body.next
  } while (cursor !== undefined)
  return items
}

interface Item {
  readonly id: string
}

/** The ids of a memory's episodes and facts, as many times as the server tells them. */
export async function listOverHttp(
  client: UserClient,
  memoryId: string,
): Promise<{ readonly episodeIds: readonly string[]; readonly factIds: readonly string[] }> {
  const path = `/v1/memories/${memoryId}`
  const episodes = await allPages(client, `${path}/episodes`, (body: { readonly episodes: readonly Item[] }) => body.episodes)
  const facts = await allPages(client, `${path}/facts`, (body: { readonly facts: readonly Item[] }) => body.facts)
  return { episodeIds: episodes.map(({ id }) => id), factIds: facts.map(({ id }) => id) }
}

/** The ids of the requests that the audit trail holds of a user. */
export async function auditedRequests(client: UserClient): Promise<ReadonlySet<string>> {
  const entries = await allPages(
    client,
    '/v1/audit',
    (body: { readonly entries: readonly { readonly requestId: string }[] }) => body.entries,
  )
  return new Set(entries.map(({ requestId }) => requestId))
}

export interface ListedJob {
  readonly id: string
  readonly status: string
  /** Why it failed. */
  readonly problem?: { readonly type: string }
}

export function listedJobs(client: UserClient): Promise<readonly ListedJob[]> {
  return allPages(client, '/v1/jobs', (body: { readonly jobs: readonly ListedJob[] }) => body.jobs)
}
