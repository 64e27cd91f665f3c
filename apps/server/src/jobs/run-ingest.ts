import type { Budget, GraphMem, IngestInput, IngestResult } from '@graphmem/core'
import type { Quotas } from '../quotas/quotas.ts'
import type { Turns } from '../turns/turns.ts'
import { hashedUser } from '../who/hashed-user.ts'
import { openMemory } from '../who/open-memory.ts'
import type { IngestRunner } from './ingest-queue.ts'
import type { Ingested } from './job.ts'
import { saidAt } from './said-at.ts'

/** Ingests into the memory of the user whose job it is, who pays for it. */
export function runIngest(graphMem: GraphMem, quotas: Quotas, turns: Turns): IngestRunner {
  return async (userId, { memoryId, name, input, replace = false }, { askedAt, signal, onProgress }) => {
    const memory = openMemory(graphMem, { userId, name }, memoryId)
    const quota = quotas.open(userId)
    // What came before it may have filled what its user may store.
    await quota.mayIngest()
    const progress = ({ done, total }: { readonly done: number; readonly total: number }) => onProgress(done, total)
    const ingest = (budget: Budget) => memory.ingest(saidAt(input, askedAt), { replace, signal, budget, onProgress: progress })
    const result = await quota.pay((budget) => turns.run(hashedUser(userId), () => ingest(budget)))
    if (isBeyondBudget(result)) throw await quota.tooLittle()
    await quota.stored(memoryId, newBytes(input, result))
    return ingestedJson(result)
  }
}

/** Whether nothing at all could be done for want of budget. */
function isBeyondBudget({ episodes, failed }: IngestResult): boolean {
  return failed === episodes.length && episodes.some(({ failures }) => failures.some(({ code }) => code === 'BUDGET_EXCEEDED'))
}

/** Bytes of the texts that were not there before. */
function newBytes(input: IngestInput, { episodes }: IngestResult): number {
  const texts = textsOf(input)
  const isNew = (place: number) => episodes.length !== texts.length || episodes[place]?.status !== 'unchanged'
  return texts.reduce((total, text, place) => (isNew(place) ? total + Buffer.byteLength(text) : total), 0)
}

function textsOf(input: IngestInput): readonly string[] {
  if (typeof input === 'string') return [input]
  if ('turns' in input) return input.turns.map(({ content }) => content)
  if ('documents' in input) return input.documents.map(({ text }) => text)
  return [input.text]
}

function ingestedJson({ episodes, entities, facts, chunks, added, unchanged, replaced, failed, version }: IngestResult): Ingested {
  return {
    status: failed === 0 ? 'success' : failed < episodes.length ? 'partial' : 'failed',
    ...{ entities, facts, chunks, added, unchanged, replaced, failed, version },
    episodes: episodes.map(({ id, key, status }) => ({ id, key, status })),
  }
}
