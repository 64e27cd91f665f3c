import { userId } from '@graphmem/core/spec'
import { tursoStore } from '@graphmem/store-turso'
import { build, memoryOf, write } from '@graphmem/testkit'
import { expect } from 'vitest'
import { failureOf } from './failure-of.ts'

/** A database on a server, reached as one for all and, by whoever asks, as a user's own. */
export interface OwnedDatabase {
  readonly url: string
  /** Leads to the database, whoever the user is. */
  readonly urlTemplate: string
  readonly authToken: string
}

export interface OwnerCase {
  readonly behaviour: string
  run(database: OwnedDatabase): Promise<void>
}

/** What a database of one user's has to refuse, each on a database of its own; and, first, what it must not. */
export const ownerCases: readonly OwnerCase[] = [
  {
    behaviour: 'its owner comes back to it',
    async run({ urlTemplate, authToken }) {
      for (const version of [1, 2]) {
        await using store = tursoStore({ urlTemplate, authToken })
        expect((await write(memoryOf(store, 'bob'), {})).head.version).toBe(version)
      }
    },
  },
  {
    behaviour: 'a user whose name leads to it by mistake is refused',
    async run({ urlTemplate, authToken }) {
      await using mine = tursoStore({ urlTemplate, authToken })
      await write(memoryOf(mine, 'bob'), { put: { senses: [build.senses('s1')] } })
      await using same = tursoStore({ urlTemplate, authToken })
      for (const store of [mine, same]) for (const intruder of ['alice', 'carol']) await expectRefusal(store, intruder)
      expect((await memoryOf(mine, 'bob').count()).senses).toBe(1)
    },
  },
  {
    behaviour: 'another user is refused after its owner was erased, too',
    async run({ urlTemplate, authToken }) {
      await using mine = tursoStore({ urlTemplate, authToken })
      await write(memoryOf(mine, 'bob'), {})
      await mine.user(userId('bob')).erase()
      await using other = tursoStore({ urlTemplate, authToken })
      for (const intruder of ['alice', 'carol']) await expectRefusal(other, intruder)
    },
  },
  {
    behaviour: 'one that many users share is nobody’s own',
    async run({ url, urlTemplate, authToken }) {
      await using shared = tursoStore({ url, authToken })
      for (const user of ['alice', 'bob']) await write(memoryOf(shared, user), {})
      await using own = tursoStore({ urlTemplate, authToken })
      for (const user of ['alice', 'bob', 'carol']) await expectRefusal(own, user)
    },
  },
  {
    behaviour: 'one for all in which a single user has memories becomes that user’s own',
    async run({ url, urlTemplate, authToken }) {
      await using shared = tursoStore({ url, authToken })
      await write(memoryOf(shared, 'bob'), {})
      await using own = tursoStore({ urlTemplate, authToken })
      await expectRefusal(own, 'alice')
      expect((await memoryOf(own, 'bob').head()).version).toBe(1)
      await expectRefusal(own, 'carol')
    },
  },
  {
    behaviour: 'one that is a user’s own is not for all',
    async run({ url, urlTemplate, authToken }) {
      await using own = tursoStore({ urlTemplate, authToken })
      await write(memoryOf(own, 'bob'), {})
      await using shared = tursoStore({ url, authToken })
      expect((await memoryOf(shared, 'bob').head()).version).toBe(1)
      await expectRefusal(shared, 'alice')
    },
  },
]

async function expectRefusal(store: ReturnType<typeof tursoStore>, user: string): Promise<void> {
  const graph = memoryOf(store, user)
  const calls = [
    () => graph.head(),
    () => graph.apply({ put: {} }, { applyId: 'a', expect: { version: 0 }, generation: 'g' }),
    () => graph.erase(),
    () => store.user(userId(user)).list(),
    () => store.user(userId(user)).erase(),
  ]
  for (const call of calls) expect(await failureOf(call)).toMatchObject({ code: 'STORE_CORRUPT', retryable: false })
}
