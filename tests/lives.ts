import type { Memory } from '@graphmem/core'
import fc from 'fast-check'

const names = ['Bob', 'Dan', 'Robert', 'New York', 'Google', 'Meta']
const sentence = fc
  .tuple(
    fc.constantFrom('I', 'My sister', 'Bob, known as Bobby,', ...names),
    fc.constantFrom('works at', 'work at', 'lives in', 'likes', 'is not at'),
    fc.constantFrom(...names, '東京'),
    fc.constantFrom('', ' since 2019', ' until 2021', ' in 2020'),
  )
  .map(([subject, verb, object, when]) => `${subject} ${verb} ${object}${when}.`)
const text = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((sentences) => sentences.join(' '))
/** One thing that may be done to a memory. */
export const step = fc.oneof(
  fc.record({ kind: fc.constant('document' as const), id: fc.nat(3), title: fc.constantFrom('New York', 'Harbour \u2028 (film)'), text }),
  fc.record({ kind: fc.constant('turn' as const), name: fc.constantFrom('Ann', 'Ben', 'Alice'), text }),
  fc.record({ kind: fc.constant('forget' as const), which: fc.nat(20) }),
  fc.record({ kind: fc.constantFrom('retract' as const, 'pin' as const), which: fc.nat(20) }),
  fc.record({ kind: fc.constant('reindex' as const) }),
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** How the user is called. */
export const self = { name: 'Alice' }
const metadata = { 'a key': 'a\u0007b', amount: 0.1, yes: true, constructor: 'c' }

/** Lets a memory have a life. */
export async function live(memory: Memory, steps: readonly Step[]): Promise<void> {
  for (const [place, step] of steps.entries()) {
    const at = new Date(Date.UTC(2019, place, 1))
    if (step.kind === 'document') {
      const document = { id: `d${step.id}`, title: step.title, text: step.text, at, metadata, tags: ['b', 'a'], importance: 7.1 }
      await memory.ingest({ documents: [document] }, { replace: true })
    } else if (step.kind === 'turn') await memory.ingest({ session: 's', turns: [{ name: step.name, content: step.text, at }] })
    else if (step.kind === 'reindex') await memory.reindex()
    else if (step.kind === 'forget') {
      const episodes = await memory.episodes()
      await memory.forget({ episodeIds: episodes.filter((_, index) => index === step.which % 5).map(({ id }) => id) })
    } else {
      const facts = await memory.facts({ history: true })
      const fact = facts[step.which % Math.max(1, facts.length)]
      if (fact !== undefined) await memory.correct({ verdict: step.kind, factIds: [fact.id], reason: 'said "so"\n' })
    }
  }
}

/** A life with everything in it. */
export const some: readonly Step[] = [
  { kind: 'document', id: 1, title: 'New York', text: 'Bob works at Google since 2019. I live in New York.' },
  { kind: 'turn', name: 'Ann', text: 'Dan likes Meta.' },
  { kind: 'document', id: 1, title: 'New York', text: 'Bob works at Meta in 2020.' },
  { kind: 'pin', which: 0 },
  { kind: 'turn', name: 'Ben', text: 'Robert lives in New York.' },
  { kind: 'forget', which: 2 },
  { kind: 'retract', which: 1 },
]
