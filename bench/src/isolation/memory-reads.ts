import type { Filter, Memory, QueryOptions } from '@graphmem/core'
import type { MemoryTenant, Said } from './memory-tenant.ts'

/** One question with its arguments, which any tenant can ask. */
export interface MemoryRead {
  readonly text: string
  readonly make: (memory: Memory) => Promise<unknown>
}

/** What a question is made of: something that the owner remembers, and what is put beside it. */
export interface MemoryAim {
  readonly owner: MemoryTenant
  readonly pick: number
  readonly widening: readonly string[]
}

export type MemoryReadName = 'recall' | 'query' | 'explain' | 'facts' | 'entities' | 'episodes' | 'stats' | 'digest'

export const memoryReads: Readonly<Record<MemoryReadName, (aim: MemoryAim) => Promise<MemoryRead>>> = {
  async recall(aim) {
    const { question, options } = asked(aim)
    return { text: `recall ${JSON.stringify([question, options])}`, make: (memory) => memory.recall(question, options) }
  },
  async query(aim) {
    const { question, options } = asked(aim)
    const all = { ...options, minConfidence: 0 }
    return { text: `query ${JSON.stringify([question, all])}`, make: (memory) => memory.query(question, all) }
  },
  async explain(aim) {
    const { question } = asked(aim)
    const chunkIds = (await aim.owner.alone.recall(question)).chunks.map(({ id }) => id)
    const options = { explain: { chunkIds } }
    return { text: `recall ${JSON.stringify([question, options])}`, make: (memory) => memory.recall(question, options) }
  },
  async facts({ owner, pick, widening }) {
    const { secret } = saidBy(owner, pick)
    const options = [{ about: secret }, { history: true }, { predicate: 'works_at' }, { about: widening[0] ?? '*' }][pick % 4] ?? {}
    return { text: `facts ${JSON.stringify(options)}`, make: (memory) => memory.facts(options) }
  },
  async entities({ owner, pick, widening }) {
    const { secret } = saidBy(owner, pick)
    const options = [{ named: secret }, {}, { type: 'organisation' as const }, { named: widening[0] ?? '*' }][pick % 4] ?? {}
    return { text: `entities ${JSON.stringify(options)}`, make: (memory) => memory.entities(options) }
  },
  episodes: async () => ({ text: 'episodes', make: (memory) => memory.episodes() }),
  stats: async () => ({ text: 'stats', make: (memory) => memory.stats() }),
  digest: async () => ({ text: 'digest', make: (memory) => memory.digest() }),
}

function asked(aim: MemoryAim): { readonly question: string; readonly options: QueryOptions } {
  const { owner, pick, widening } = aim
  const said = saidBy(owner, pick)
  const question = pick % 5 === 0 ? `Where does Bob work? ${widening.join(' ')}` : `Who works at ${said.secret}? ${widening.join(' ')}`
  const time = pick % 4 === 0 ? { history: true } : {}
  return { question, options: { where: filter(said, pick, widening), limit: 1 + (pick % 10), ...time } }
}

/** Filters that the owner's own passage meets, with values beside it that would let in everyone's if they were patterns. */
function filter({ secret, source, session }: Said, pick: number, widening: readonly string[]): Filter {
  const all: readonly Filter[] = [
    {},
    { tags: [secret] },
    { tags: ['work'] },
    { source: [...widening, source] },
    { session: [...widening, session] },
    { speaker: [...widening, 'Nadia'] },
    { metadata: { place: 'Paris' } },
    { after: '0001-01-01', before: '9999-12-31', minImportance: 0 },
  ]
  return all[pick % all.length] ?? {}
}

function saidBy({ said }: MemoryTenant, pick: number): Said {
  const all = [...said.values()]
  return all[pick % all.length] ?? { secret: 'nothing', source: '', session: '' }
}
