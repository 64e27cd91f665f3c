import type { GraphMem, Memory } from '@graphmem/core'
import type { Judge } from '@graphmem/testkit'
import { memoryReads } from './memory-reads.ts'
import { answerOf, type MemoryTenant, sayingOf, sharedAnswer } from './memory-tenant.ts'

export interface MemoryAttempt {
  readonly intruder: MemoryTenant
  readonly owner: MemoryTenant
  readonly all: readonly MemoryTenant[]
  readonly graphMems: readonly GraphMem[]
  /** How often each question is asked. */
  readonly times: number
  readonly pick: number
  readonly widening: readonly string[]
  readonly judge: Judge
}

export type MemoryActName = 'ingest' | 'replace' | 'forget' | 'correct' | 'reindex' | 'erase' | 'eraseUser' | 'atOnce'

/** Changes by what belongs to somebody else: to the intruder as if nobody else were there, to the owner nothing; and then by the owner. */
export const memoryActs: Readonly<Record<MemoryActName, (attempt: MemoryAttempt) => Promise<void>>> = {
  async ingest(attempt) {
    const { intruder, owner, pick, widening, judge } = attempt
    const [id = 'x'] = owner.said.keys()
    const options = { replace: pick % 2 === 0 }
    const { input, said } = sayingOf(intruder, id, pick, widening[0] ?? '*')
    const answer = await both(attempt, 'ingest', intruder, `ingest of ${id}`, (memory) => memory.ingest(input, options))
    if (!answer.includes('EPISODE_CHANGED')) intruder.said.set(id, said)
    await unchanged(attempt, 'ingest', owner)
    judge.count('ingest')
  },
  async replace(attempt) {
    const { owner, pick, widening } = attempt
    const episodes = await owner.alone.episodes()
    const id = episodes[pick % episodes.length]?.id ?? ''
    const { input } = sayingOf(owner, 'replaced', 0, widening[0] ?? '*')
    await bothChange(attempt, 'replace', `replace of ${id}`, (memory) => memory.replace(id, input))
  },
  async forget(attempt) {
    const { owner, pick, widening } = attempt
    const [episodes, facts] = [await owner.alone.episodes(), await owner.alone.facts({ history: true })]
    const episodeIds = pick % 2 === 0 ? [...widening, episodes[pick % episodes.length]?.id ?? ''] : []
    const factIds = pick % 2 === 1 ? [...widening, facts[pick % facts.length]?.id ?? ''] : []
    await bothChange(attempt, 'forget', `forget ${JSON.stringify({ episodeIds, factIds })}`, (memory) =>
      memory.forget({ episodeIds, factIds }),
    )
  },
  async correct(attempt) {
    const { owner, pick } = attempt
    const facts = await owner.alone.facts({ history: true })
    const factIds = [facts[pick % facts.length]?.id ?? '']
    const verdict = pick % 2 === 0 ? ('retract' as const) : ('pin' as const)
    await bothChange(attempt, 'correct', `correct ${verdict} ${factIds}`, (memory) => memory.correct({ verdict, factIds }))
  },
  async reindex(attempt) {
    await both(attempt, 'reindex', attempt.intruder, 'reindex', (memory) => memory.reindex())
    await unchanged(attempt, 'reindex', attempt.owner)
    await unchanged(attempt, 'reindex', attempt.intruder)
    attempt.judge.count('reindex')
  },
  async erase(attempt) {
    const { intruder, owner, judge } = attempt
    for (const [tenant, other] of [
      [intruder, owner],
      [owner, intruder],
    ] as const) {
      await both(attempt, 'erase', tenant, 'erase', (memory) => memory.erase())
      tenant.said.clear()
      await unchanged(attempt, 'erase', other)
      await unchanged(attempt, 'erase', tenant)
    }
    judge.count('erase')
  },
  async eraseUser(attempt) {
    const { intruder, owner, all, graphMems, judge } = attempt
    if (intruder.scope.userId === owner.scope.userId) return
    judge.note(`${intruder.name}: erase all of the user`)
    await graphMems[attempt.pick % graphMems.length]?.user(intruder.scope.userId).erase()
    for (const each of all.filter(({ scope }) => scope.userId === intruder.scope.userId)) {
      await each.alone.erase()
      each.said.clear()
      await unchanged(attempt, 'eraseUser', each)
    }
    await unchanged(attempt, 'eraseUser', owner)
    judge.count('eraseUser')
  },
  async atOnce(attempt) {
    const { all, pick, widening, judge } = attempt
    judge.note('everyone: ingest and questions, all at once')
    await Promise.all(
      all.map(async (tenant) => {
        const { input, said } = sayingOf(tenant, 'x', pick, widening[0] ?? '*')
        await both(attempt, 'atOnce', tenant, 'ingest of x', (memory) => memory.ingest(input, { replace: true }))
        tenant.said.set('x', said)
        await unchanged(attempt, 'atOnce', tenant)
        judge.count('atOnce')
      }),
    )
  },
}

/** Does the same to a tenant and to its twin, and compares what they are told. */
async function both(
  { judge, pick }: MemoryAttempt,
  door: string,
  tenant: MemoryTenant,
  what: string,
  call: (memory: Memory) => Promise<unknown>,
): Promise<string> {
  judge.note(`${tenant.name}: ${what}`)
  const expected = await answerOf(() => call(tenant.alone))
  const memory = tenant.shared[pick % tenant.shared.length]
  if (memory !== undefined) judge.alone(door, await answerOf(() => call(memory)), expected)
  return expected
}

async function bothChange(attempt: MemoryAttempt, door: string, what: string, call: (memory: Memory) => Promise<unknown>): Promise<void> {
  const { intruder, owner, judge } = attempt
  await both(attempt, door, intruder, what, call)
  await unchanged(attempt, door, owner)
  const before = await owner.alone.digest()
  await both(attempt, door, owner, what, call)
  if ((await owner.alone.digest()) === before) return
  await unchanged(attempt, door, owner)
  await unchanged(attempt, door, intruder)
  const left = new Set((await owner.alone.episodes()).map(({ id }) => id))
  // What was forgotten or replaced can no more be asked for by its word.
  if (left.size === 0) owner.said.clear()
  judge.count(door)
}

/** Whether a tenant is told of its own memory what its twin is. */
export async function unchanged({ judge, times, pick, widening }: MemoryAttempt, door: string, tenant: MemoryTenant): Promise<void> {
  for (const name of ['recall', 'facts', 'stats'] as const) {
    const read = await memoryReads[name]({ owner: tenant, pick: name === 'facts' ? 1 : pick, widening })
    judge.note(`${tenant.name}: ${read.text}`)
    judge.alone(door, await sharedAnswer(tenant, times, read.make), await answerOf(() => read.make(tenant.alone)))
  }
}
