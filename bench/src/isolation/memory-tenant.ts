import type { GraphMem, IngestInput, Memory, Scope } from '@graphmem/core'
import { asText, told } from '@graphmem/testkit'

/** One of those who share a store, and its twin who is alone in another: whatever is done to one is done to the other. */
export interface MemoryTenant {
  readonly name: string
  readonly scope: Scope
  /** The same memory through each GraphMem on the shared store, as several processes have it. */
  readonly shared: readonly Memory[]
  readonly alone: Memory
  /** By the id of the episode, a word that nobody else has ever written, and where and how it was said. */
  readonly said: Map<string, Said>
  readonly word: string
  writes: number
}

export interface Said {
  readonly secret: string
  readonly source: string
  readonly session: string
}

const names = ['Bob', 'Carol', 'Nadia', 'Art', 'Google', '東京']

export function memoryTenant(scope: Scope, number: number, shared: readonly GraphMem[], twin: GraphMem): MemoryTenant {
  const open = (graphMem: GraphMem) => graphMem.memory({ userId: scope.userId, memoryId: scope.memoryId, self: { name: 'Alice' } })
  return {
    name: [scope.userId, scope.memoryId].map((id) => JSON.stringify(id)).join('/'),
    scope,
    shared: shared.map(open),
    alone: open(twin),
    said: new Map(),
    word: `Zorvex${['a', 'b', 'c', 'd'][number]}`,
    writes: 0,
  }
}

/** Something to remember under an id that others use too, of persons of whom others speak too. */
export function sayingOf(
  tenant: MemoryTenant,
  id: string,
  pick: number,
  widening: string,
): { readonly input: IngestInput; readonly said: Said } {
  tenant.writes += 1
  const secret = `${tenant.word}${tenant.writes}`
  const said = { secret, source: pick % 3 === 0 ? widening : `source ${pick % 2}`, session: pick % 3 === 1 ? widening : 'monday' }
  const name = names[pick % names.length]
  const text = `${name} works at ${secret}. ${name} likes ${names[(pick + 1) % names.length]}.`
  const about = { id, at: '2024-01-01', source: said.source, tags: ['work', secret], metadata: { place: 'Paris' }, importance: 5 }
  const input: IngestInput =
    pick % 2 === 0 ? { ...about, text } : { turns: [{ ...about, content: text, name: 'Nadia' }], session: said.session }
  return { input, said }
}

/** What a call answers or fails with, without what says how long it took, and what a cache had to do with it. */
export function answerOf(call: () => Promise<unknown>): Promise<string> {
  return told(async () =>
    JSON.parse(
      JSON.stringify((await call()) ?? null, (key, value: unknown) =>
        ['timings', 'durationMs', 'caches', 'unverified'].includes(key) ? undefined : value,
      ),
    ),
  )
}

/** The answer through each GraphMem in turn, twice where something is kept: the second time it comes from the cache. */
export async function sharedAnswer({ shared }: MemoryTenant, times: number, call: (memory: Memory) => Promise<unknown>): Promise<string> {
  const answers: string[] = []
  for (let time = 0; time < times; time += 1) {
    const memory = shared[time % shared.length]
    if (memory !== undefined) answers.push(await answerOf(() => call(memory)))
  }
  const [first = ''] = answers
  return answers.every((answer) => answer === first) ? first : asText(answers)
}
