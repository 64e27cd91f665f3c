import { type Episode, GraphMem, type GraphStore, recordKinds, scope } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { inputOf } from './ingest-request.ts'
import type { Ledger, SentIngest } from './ledger.ts'

/** In what memories differ from what their users were told. */
export interface Differences {
  memories: number
  /** Episodes that were acknowledged, and are there. */
  kept: number
  /** Episodes that were acknowledged, and are not there. */
  lost: number
  /** Those that a server had taken for later, and was killed with. */
  lostWithQueue: number
  /** Episodes that are there as often again. */
  twice: number
  /** Episodes that were erased, and are there. */
  back: number
  /** Episodes that nobody sent there. */
  unknown: number
  /** Records that an unbroken ingest of the same episodes makes, and that are not there. */
  recordsLost: number
  /** Records that it does not make. */
  recordsTooMany: number
  /** Memories whose digest is another than that of an unbroken ingest. */
  otherDigests: number
  /** Memories whose index does not fit their records. */
  damaged: number
}

/** A memory as it is in a store. */
export interface FoundMemory {
  readonly userId: string
  readonly memoryId: string
  readonly episodeIds: readonly string[]
  readonly factIds: readonly string[]
}

const models = { reasoner: localReasoner(), embedder: localEmbedder() }

/**
 * Compares every memory in a store with what its user was told, and with a memory of the same episodes that nothing broke.
 *
 * @param outlives whether a job that was taken for later outlives the process that took it
 */
export async function compareMemories(
  store: GraphStore,
  { ledger, userIds, outlives }: { readonly ledger: Ledger; readonly userIds: readonly string[]; readonly outlives: boolean },
): Promise<{ readonly differences: Differences; readonly memories: readonly FoundMemory[] }> {
  const differences: Differences = {
    ...{ memories: 0, kept: 0, lost: 0, lostWithQueue: 0, twice: 0, back: 0, unknown: 0 },
    ...{ recordsLost: 0, recordsTooMany: 0, otherDigests: 0, damaged: 0 },
  }
  const memories: FoundMemory[] = []
  await using graphMem = new GraphMem({ store, ...models })
  for (const userId of userIds) {
    const sent = Map.groupBy(
      ledger.ingests.filter((each) => each.userId === userId),
      ({ memoryId }) => memoryId,
    )
    for (const memoryId of new Set([...sent.keys(), ...(await graphMem.user(userId).list())])) {
      const ingests = sent.get(memoryId) ?? []
      const episodes: Episode[] = []
      for await (const each of store.open(scope({ userId, memoryId })).scan('episodes')) episodes.push(each)
      const found = Map.groupBy(episodes, ({ text }) => text)
      compareEpisodes(found, ingests, { differences, ledger, outlives })
      await using whole = await unbroken(ingests, found)
      const memory = graphMem.memory({ userId, memoryId })
      const [ids, wholeIds] = [await idsOf(store, { userId, memoryId }), await idsOf(whole.store, theOne)]
      const isSame = (await memory.digest()) === (await whole.graphMem.memory(theOne).digest())
      const findings = await memory.examine()
      differences.memories += 1
      differences.recordsLost += wholeIds.difference(ids).size
      differences.recordsTooMany += ids.difference(wholeIds).size
      if (!isSame) differences.otherDigests += 1
      if (findings.length > 0) differences.damaged += 1
      if (!isSame || findings.length > 0)
        ledger.note(`${userId}, ${memoryId}: ${findings.map(({ code }) => code).join(', ') || 'another digest'}`)
      const facts = await memory.facts({ limit: 1_000_000 })
      memories.push({ userId, memoryId, episodeIds: episodes.map(({ id }) => id), factIds: facts.map(({ id }) => id) })
    }
  }
  return { differences, memories }
}

function compareEpisodes(
  found: ReadonlyMap<string, readonly Episode[]>,
  ingests: readonly SentIngest[],
  { differences, ledger, outlives }: { readonly differences: Differences; readonly ledger: Ledger; readonly outlives: boolean },
): void {
  const known = new Set<string>()
  for (const { texts, acknowledged, job, contentType } of ingests) {
    const wentWithQueue = !outlives && acknowledged === 202 && job?.takenBy.ending?.by === 'SIGKILL'
    for (const text of texts) {
      known.add(text)
      const times = found.get(text)?.length ?? 0
      if (times > 1) {
        differences.twice += times - 1
        ledger.note(`${times} times (${contentType}, ${acknowledged})`)
      }
      if (ledger.erasing.has(text)) {
        if (times > 0 && ledger.erased.has(text)) differences.back += 1
      } else if (acknowledged !== undefined) {
        if (times > 0) differences.kept += 1
        else if (wentWithQueue) differences.lostWithQueue += 1
        else {
          differences.lost += 1
          ledger.note(`lost (${contentType}, ${acknowledged}, ${job?.takenBy.ending?.by})`)
        }
      }
    }
  }
  for (const [text, { length }] of found) if (!known.has(text)) differences.unknown += length
}

const theOne = { userId: 'unbroken', memoryId: 'unbroken' }

/** A memory of the episodes that are there, each ingested once, in one process that nobody ends. */
async function unbroken(
  ingests: readonly SentIngest[],
  found: ReadonlyMap<string, readonly Episode[]>,
): Promise<AsyncDisposable & { readonly store: GraphStore; readonly graphMem: GraphMem }> {
  const store = memoryStore()
  const graphMem = new GraphMem({ store, ...models })
  for (const ingest of ingests) {
    const input = inputOf(ingest, (text) => {
      const [episode] = found.get(text) ?? []
      return episode && { ...(episode.at === undefined ? {} : { at: new Date(episode.at) }) }
    })
    if (input !== undefined) await graphMem.memory(theOne).ingest(input)
  }
  return {
    store,
    graphMem,
    async [Symbol.asyncDispose]() {
      await graphMem.close()
      await store[Symbol.asyncDispose]()
    },
  }
}

async function idsOf(store: GraphStore, ids: { readonly userId: string; readonly memoryId: string }): Promise<ReadonlySet<string>> {
  const graph = store.open(scope(ids))
  const found = new Set<string>()
  for (const kind of recordKinds) for await (const { id } of graph.scan(kind)) found.add(`${kind} ${id}`)
  return found
}
