import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeSecurity } from './page-security.ts'
import type { Told } from './served.ts'
import { ofAlice, ofBob, type PageSetup, type ServedPage, servePage } from './served-page.ts'

const nothing = { answer: 'No information found', found: false, confidence: 0, citations: [] }

/**
 * The page on multi-tenancy of GraphMem for Python, whose sections are the tests: what it promises, and what it asks of others, over HTTP. Each
 * section has memories of its own, so that any of them runs alone; the server, its cache and its audit trail are one.
 */
export function describeThePage(name: string, setup: PageSetup): void {
  describe(`the page on multi-tenancy, ${name}`, () => {
    let served: ServedPage
    beforeAll(async () => {
      served = await servePage(setup)
      // The first calls of a database that has just started take long: longer than the server has a request wait.
      await served.ask('nobody', '/v1/ingest', { body: { text: 'Hello.' } })
    }, 120_000)
    afterAll(() => served?.[Symbol.asyncDispose]())

    test('Basic Usage', async () => {
      await served.tellBoth('chat')
      expect(await served.asked('alice', 'chat', 'Where do I work?')).toMatchObject({ answer: 'Google', citations: [{ text: ofAlice }] })
      expect(await served.asked('bob', 'chat', 'Where do I work?')).toMatchObject({ answer: 'Mayo Clinic', citations: [{ text: ofBob }] })
      for (const [user, question, foreign] of [
        ['alice', 'What does Bob do?', /Mayo|doctor/],
        ['bob', 'Where does Alice work?', /Google|engineer/],
      ] as const) {
        const answer = await served.asked(user, 'chat', question)
        expect(answer).toMatchObject(nothing)
        expect(JSON.stringify(answer)).not.toMatch(foreign)
      }
    })

    test('Architecture', async () => {
      await served.tellBoth('graphs')
      const graphs = await Promise.all(
        ['alice', 'bob', 'carol'].map((user) => served.ask(user, '/v1/memories/graphs/graph').then((told) => ({ user, ...told }))),
      )
      expect(graphs).toMatchObject([
        { user: 'alice', status: 200, body: { entities: expect.arrayContaining([expect.objectContaining({ name: 'Google' })]) } },
        { user: 'bob', status: 200, body: { entities: expect.arrayContaining([expect.objectContaining({ name: 'Mayo Clinic' })]) } },
        // Who has no such memory is told the same whether or not somebody else has one.
        { user: 'carol', status: 404 },
      ])
      const [alices, bobs] = graphs.map(({ body }) => JSON.stringify(body))
      expect([alices, bobs]).toEqual([expect.not.stringMatching(/Mayo|Bob/), expect.not.stringMatching(/Google|Alice/)])
      expect((await served.ask('carol', '/v1/memories')).body).toEqual({ memories: [] })
    })

    describe('How Isolation Works', () => {
      test('Data Storage', async () => {
        const document = (text: string) => ({ documents: [{ id: 'acme', title: 'Acme', text }] })
        const [hers, his] = [
          await served.tell('alice', 'storage', document('Acme was founded in 1999.')),
          await served.tell('bob', 'storage', document('Acme was founded in 2012.')),
        ]
        const forget = (user: string, { body }: Told) =>
          served.ask(user, `/v1/memories/storage/episodes/${body.episodes[0].id}`, { method: 'DELETE' })
        const unknown = await served.ask('bob', '/v1/memories/storage/episodes/neverused', { method: 'DELETE' })
        const foreign = await forget('bob', hers)
        expect([foreign.status, foreign.body]).toEqual([404, unknown.body])
        expect(await served.asked('alice', 'storage', 'When was Acme founded?')).toMatchObject({ answer: '1999' })
        expect(await forget('bob', his)).toMatchObject({ status: 200, body: { episodes: 1 } })
        expect(await served.ask('bob', '/v1/memories/storage', { method: 'DELETE' })).toMatchObject({ status: 200 })
        expect(await served.asked('alice', 'storage', 'When was Acme founded?', { limit: 9 })).toMatchObject({ answer: '1999' })
        expect(await served.asked('bob', 'storage', 'When was Acme founded?')).toMatchObject(nothing)
      })

      test('Query Filtering', async () => {
        const hers = { id: 'work', text: ofAlice, at: '2024-03-02T10:00:00Z', tags: ['work'] }
        // Alone, and in a memory that was neither asked nor told before Bob had his.
        await served.tell('alice', 'alone', hers)
        const alone = await served.asked('alice', 'alone', 'Where do I work?')
        const documents = Array.from({ length: 120 }, (_, place) => ({
          id: `n${place}`,
          text: `I, Alice, work at Google as a senior engineer in team ${place}. Where do I work? At Initech${place}.`,
        }))
        for (const memoryId of ['alone', 'beside']) await served.tell('bob', memoryId, { documents })
        await served.tell('alice', 'beside', hers)
        expect(await served.asked('alice', 'beside', 'Where do I work?')).toEqual(alone)
        expect(await served.asked('alice', 'alone', 'Where do I work?', { limit: 100 })).toEqual(alone)
        expect(await served.asked('alice', 'alone', 'What is Initech7?')).toMatchObject(nothing)
        // What narrows a question narrows it within the memory.
        expect(await served.asked('alice', 'alone', 'Where do I work?', { where: { tags: ['work'] } })).toMatchObject({ answer: 'Google' })
        expect(await served.asked('alice', 'alone', 'Where do I work?', { where: { tags: ['play'] } })).toMatchObject(nothing)
        expect(await served.ask('alice', '/v1/query', { body: { question: 'Where do I work?', where: { user_id: 'bob' } } })).toMatchObject(
          { status: 400 },
        )
      })

      test('Cache Isolation', async () => {
        await served.tellBoth('cached')
        const answers = async () => [
          await served.asked('alice', 'cached', 'Where do I work?'),
          await served.asked('bob', 'cached', 'Where do I work?'),
          await served.asked('carol', 'cached', 'Where do I work?'),
        ]
        const [first, again] = [await answers(), await answers()]
        expect(first).toMatchObject([{ answer: 'Google' }, { answer: 'Mayo Clinic' }, nothing])
        expect(again).toEqual(first)
        if (served.redis === undefined) return
        const { client, cachePrefix, serverPrefix } = served.redis
        const keys = await cachedKeys('cached')
        // Keys are of a user, as on the page; of a question they have a hash.
        expect(keys).toEqual([
          expect.stringMatching(new RegExp(`^${cachePrefix}:\\{alice\\}:query:cached:[a-z2-7]+$`)),
          expect.stringMatching(new RegExp(`^${cachePrefix}:\\{bob\\}:query:cached:[a-z2-7]+$`)),
        ])
        const [alices = '', bobs = ''] = keys
        const kept = await Promise.all([alices, bobs].map((key) => client.getBuffer(key)))
        expect(kept.map(String)).toEqual([expect.stringMatching('Google'), expect.stringMatching('Mayo Clinic')])
        expect(kept.map(String)).toEqual([expect.not.stringMatching('Mayo'), expect.not.stringMatching('Google')])
        // Also what somebody put under another's key is not believed.
        await client.set(bobs, kept[0] ?? '')
        expect((await answers())[1]).toEqual(first[1])
        // What processes share beside the cache names nobody.
        const shared = await client.keys(`${serverPrefix}:*`)
        expect(shared).not.toEqual([])
        expect(shared.join()).not.toMatch(/alice|bob|cached|Google/i)
      })
    })

    test('Memory Scoping', async () => {
      const told = { chat: 'My sister Priya lives in Lisbon.', notes: 'My cat is called Moby.', work: 'My manager is Dana Reyes.' }
      for (const [memoryId, text] of Object.entries(told)) await served.tell('dave', memoryId, text)
      const questions = { chat: 'Where does Priya live?', notes: 'What is my cat called?', work: 'Who is my manager?' }
      const found: string[] = []
      for (const memoryId of Object.keys(told))
        for (const question of Object.values(questions)) {
          const { answer, found: isFound } = await served.asked('dave', memoryId, question)
          if (isFound) found.push(`${memoryId}: ${answer}`)
        }
      expect(found).toEqual(['chat: Lisbon', 'notes: Moby', 'work: Dana Reyes'])
      expect((await served.ask('dave', '/v1/memories')).body).toEqual({ memories: [{ id: 'chat' }, { id: 'notes' }, { id: 'work' }] })
    })

    test('Multi-Tenant Service Pattern', async () => {
      // Many at once, each in the memory that is there without a header.
      const users = ['erin', 'frank', 'grace', 'heidi', 'ivan', 'judy']
      const cities = ['Lisbon', 'Berlin', 'Oslo', 'Madrid', 'Vienna', 'Dublin']
      const lives = users.map((user, place) => [user, cities[place]] as const)
      await Promise.all(
        lives.map(async ([user, city]) => {
          expect(await served.ask(user, '/v1/ingest', { body: { text: `I live in ${city}.` } })).toMatchObject({
            status: 200,
            body: { status: 'success', entities: 2 },
          })
          expect(await served.ask(user, '/v1/query', { body: { question: 'Where do I live?' } })).toMatchObject({
            status: 200,
            body: { answer: city, confidence: expect.any(Number) },
          })
        }),
      )
      for (const [user, city] of lives) {
        expect((await served.ask(user, '/v1/memories')).body).toEqual({ memories: [{ id: 'default' }] })
        expect(await served.asked(user, 'default', 'Where do I live?')).toMatchObject({ answer: city })
      }
    })

    if (setup.files !== undefined) {
      const files = setup.files
      test('Per-User Database Files', async () => {
        await served.tell('alice', 'files', 'I keep the ledger in Marrowby.')
        await served.tell('bob', 'files', 'I keep the ledger in Thistledown.')
        const bytesOf = (file: string) =>
          // The database, and what is beside it while it is open.
          Buffer.concat(
            readdirSync(served.folder)
              .filter((each) => each.startsWith(file))
              .map((each) => readFileSync(join(served.folder, each))),
          )
        const holds = (user: string) => ['Marrowby', 'Thistledown'].filter((word) => bytesOf(files(user)).includes(word))
        // In a file that all share, the same search finds both.
        expect([holds('alice'), holds('bob')]).toEqual(
          files('alice') === files('bob')
            ? [
                ['Marrowby', 'Thistledown'],
                ['Marrowby', 'Thistledown'],
              ]
            : [['Marrowby'], ['Thistledown']],
        )
      })
    }

    test('Cache Invalidation', async () => {
      const at = (text: string, year: number) => ({ text, at: `${year}-03-02T10:00:00Z` })
      const question = 'Where do I work?'
      for (const user of ['alice', 'bob']) {
        await served.tell(user, 'changing', at('I work at Google.', 2021))
        expect(await served.asked(user, 'changing', question)).toMatchObject({ answer: 'Google', version: 1 })
      }
      const before = await cachedKeys('changing')
      const [, bobs = ''] = before
      // Whatever is kept anew is kept for five minutes.
      await served.redis?.client.pexpire(bobs, 200_000)
      await served.tell('alice', 'changing', at('I work at Siemens.', 2024))
      expect(await served.asked('alice', 'changing', question)).toMatchObject({ answer: 'Siemens', version: 2 })
      expect(await served.asked('bob', 'changing', question)).toMatchObject({ answer: 'Google', version: 1 })
      if (served.redis === undefined) return
      const [added, ...others] = (await cachedKeys('changing')).filter((key) => !before.includes(key))
      expect([added, others]).toEqual([expect.stringContaining('{alice}:query:changing:'), []])
      // His answer is the one that was there, and was neither deleted nor made again.
      const left = await served.redis.client.pttl(bobs)
      expect([left > 0, left <= 200_000]).toEqual([true, true])
    })

    describe('Security Considerations', () => describeSecurity(() => served))

    async function cachedKeys(memoryId: string): Promise<readonly string[]> {
      const { client, cachePrefix } = served.redis ?? {}
      return ((await client?.keys(`${cachePrefix}:*:query:${memoryId}:*`)) ?? []).sort()
    }
  })
}
