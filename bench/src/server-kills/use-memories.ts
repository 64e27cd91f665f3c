import { setTimeout as wait } from 'node:timers/promises'
import type { IngestRequest, RequestForm, RequestMaker } from './ingest-request.ts'
import type { Ledger, SentIngest } from './ledger.ts'
import type { UserClient } from './user-client.ts'

export interface Use {
  readonly ledger: Ledger
  readonly makeRequest: RequestMaker
  readonly forms: readonly RequestForm[]
  readonly random: () => number
  /** When to stop. What is being asked then is asked to its end. */
  readonly signal: AbortSignal
}

interface Erasable {
  readonly memoryId: string
  readonly id: string
  readonly text: string
}

const mostThinkMs = 60

/** Uses a user's memories as people do, one thing after the other: mostly ingests, now and then a question, or an erasure of an episode. */
export async function useMemories(client: UserClient, { ledger, makeRequest, forms, random, signal }: Use): Promise<void> {
  const erasable: Erasable[] = []
  while (!signal.aborted) {
    const chance = random()
    const oldest = chance < 0.1 ? erasable.shift() : undefined
    if (oldest !== undefined) await erase(client, oldest, ledger)
    else if (chance < 0.2) await client.ask(question('Who works at a bank?'))
    else erasable.push(...(await ingest(client, makeRequest(forms), { ledger, random })))
    await wait(random() * mostThinkMs)
  }
}

/** @returns the episodes that are known to be there */
async function ingest(
  client: UserClient,
  request: IngestRequest,
  { ledger, random }: Pick<Use, 'ledger' | 'random'>,
): Promise<readonly Erasable[]> {
  const sent: SentIngest = { ...request, userId: client.userId }
  ledger.ingests.push(sent)
  const isAsync = random() < 0.4
  const asked = {
    method: 'POST',
    path: '/v1/ingest',
    body: request.body,
    headers: {
      'content-type': request.contentType,
      'memory-id': request.memoryId,
      'idempotency-key': crypto.randomUUID(),
      ...(isAsync ? { prefer: 'respond-async' } : {}),
    },
  } as const
  // Some never come back after a connection broke: what they sent may be there, and not twice.
  const answer = await client.ask(asked, () => random() < 0.2)
  if (answer === undefined || answer.status >= 300) return []
  // Some ask again for what they have been told.
  if (random() < 0.1) await client.ask(asked)
  sent.acknowledged = answer.status === 202 ? 202 : 200
  const body = JSON.parse(answer.text)
  if (sent.acknowledged === 202) {
    sent.job = { id: body.id, takenBy: answer.from }
    return []
  }
  const episodes = body.episodes as readonly { readonly id: string }[]
  if (body.status !== 'success' || episodes.length !== request.texts.length) ledger.note(`an ingest: ${answer.text.slice(0, 200)}`)
  return episodes.map(({ id }, place) => ({ memoryId: request.memoryId, id, text: request.texts[place] ?? '' }))
}

async function erase(client: UserClient, { memoryId, id, text }: Erasable, ledger: Ledger): Promise<void> {
  ledger.erasing.add(text)
  const answer = await client.ask({ method: 'DELETE', path: `/v1/memories/${memoryId}/episodes/${id}` })
  // 404 where it was erased before the connection broke.
  if (answer?.status === 200 || answer?.status === 404) ledger.erased.add(text)
}

function question(text: string) {
  const headers = { 'content-type': 'application/json' }
  return { method: 'POST', path: '/v1/query', headers, body: JSON.stringify({ question: text }) } as const
}
