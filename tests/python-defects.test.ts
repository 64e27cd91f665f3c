/*
 * The defects of the Python library that this code could have, and where a test keeps each away.
 *
 * Found by running it:
 *   1  settings drop the tenant, and the tenant is then "default"        here; bad-input.test.ts
 *   2  John and Jane Smith, Q3 2023 and 2024, York and New York merge    entities.test.ts
 *   3  names in other scripts share one key                              entities.test.ts; packages/core/test/analysis.test.ts
 *   4  a relation with the word "entity" is read as an entity            packages/llm-local (extraction)
 *   5  what a second mention adds is lost                                here; entities.test.ts
 *   6  critical importance becomes medium                                here (kept); evolution is not there yet
 *   7  ("a", "b:c") and ("a:b", "c") share a cache key                   isolation.test.ts; packages/core/test/scope-codec.test.ts
 *   8  memories are keyed by memory id alone                             here; packages/testkit
 *   9  one tenant's entity takes another's row                           here; packages/testkit
 *   10 rows without a user are everybody's                               isolation.test.ts; packages/testkit
 *   11 superseding always fails                                          time.test.ts
 *   12 a memory that cannot be read is taken for an empty one            generation.test.ts
 *   13 ingesting a file always fails                                     apps/cli
 *   14 a 429 is a success with no entities                               failed-chunks.test.ts
 *   15 "2024-07" is cut to 2024, and "through 2018" ends on 1 January    here; time.test.ts; packages/llm-local
 *
 * Found by reading it:
 *   isolation   clear and load without the user; results written back under another tenant; glob characters in ids;
 *               embeddings shared across tenants; questions in error messages    isolation, forget, no-text-leaks; here; packages/testkit
 *   vectors     a small tenant beside a large one finds nothing                  recall.test.ts
 *   cost        the memory is rewritten and embedded anew by each sentence       cost.test.ts; here
 *   durability  deleted things come back; a failed load saves over the memory;
 *               no transaction; a lock held through model calls                  forget, generation, digest; here; packages/testkit
 *   identity    no merging across documents; a second mention overwrites;
 *               a second term in office collapses into the first                 entities, time; here
 *   retrieval   ended facts hidden; filters not applied to names; substrings
 *               match; confidence is a constant; options ignored                 time, recall, query, bad-input
 *   safety      no idempotency key; document ids dropped; a chunker that loops   episodes; packages/core/test/analysis.test.ts
 */

import type { Embedder } from '@graphmem/core'
import { expect, it } from 'vitest'
import { countingStore } from './counting-store.ts'
import { embedder, onEveryStore, settingOf } from './on-every-store.ts'

/** The embedder, and the texts it was given. */
function countingEmbedder(): { readonly counted: Embedder; readonly texts: string[] } {
  const texts: string[] = []
  const embed: Embedder['embed'] = (given, options) => {
    texts.push(...given)
    return embedder.embed(given, options)
  }
  return { counted: { ...embedder, embed }, texts }
}

onEveryStore('a defect that does not come back', (create) => {
  it('a missing tenant is an error, and never "default" (1)', async () => {
    const { graphMem } = create()
    for (const options of [
      { memoryId: 'chat' },
      { userId: '', memoryId: 'chat' },
      { userId: undefined, memoryId: 'chat' },
      { userId: 'alice' },
    ]) {
      expect(() => graphMem.memory(options as never)).toThrow(expect.objectContaining({ code: 'SCOPE_INVALID' }))
    }
    expect(await graphMem.user('default').list()).toEqual([])
  })

  it('what a second mention adds is kept, whichever comes first (5)', async () => {
    const { memory } = create()
    await memory().ingest({ documents: [{ text: 'Bob lives in Rome.' }] })
    await memory().ingest({ documents: [{ text: 'Bob, known as Bobby, works at Google since 2019.' }] })
    const [bob] = await memory().entities({ named: 'Bobby' })
    expect([bob?.name, ...(bob?.aliases ?? [])].sort()).toEqual(['Bob', 'Bobby'])
    expect((await memory().facts({ about: 'Bobby' })).map(({ predicate, support }) => [predicate, support.length])).toEqual([
      ['lives_in', 1],
      ['works_at', 1],
    ])
  })

  it('importance stays what it was said to be (6)', async () => {
    const { memory } = create()
    await memory().ingest({ text: 'Bob works at Google.', importance: 10 })
    await memory().ingest('Carol works at Meta.')
    await memory().reindex()
    expect((await memory().recall('works', { where: { minImportance: 10 } })).chunks.map(({ text }) => text)).toEqual([
      'Bob works at Google.',
    ])
  })

  it('two users with one memory id, and one name, keep and erase their own (8, 9)', async () => {
    const { memory } = create()
    await memory().ingest({ id: 'acme', text: 'Acme lives in Rome.' })
    await memory({ userId: 'bob' }).ingest({ id: 'acme', text: 'Acme lives in Oslo.' })
    expect((await memory().query('Where does Acme live?')).answer).toBe('Rome')
    expect((await memory({ userId: 'bob' }).query('Where does Acme live?')).answer).toBe('Oslo')
    await memory({ userId: 'bob' }).erase()
    expect((await memory().query('Where does Acme live?')).answer).toBe('Rome')
  })

  it('a month is not cut to its year (15)', async () => {
    const { memory } = create()
    await memory().ingest({ text: 'Bob likes Tea.', at: '2024-07' })
    expect((await memory().episodes())[0]?.at).toEqual(new Date('2024-07-01T00:00:00Z'))
    expect((await memory().recall('Tea', { where: { after: '2024-07', before: '2024-08' } })).chunks).toHaveLength(1)
    expect((await memory().recall('Tea', { where: { before: '2024-07' } })).chunks).toHaveLength(0)
  })

  it('reading a memory writes nothing into it (isolation, cost)', async () => {
    const store = countingStore(create().store)
    const { memory } = settingOf(store)
    await memory().ingest('Bob works at Google.')
    const before = [await memory().digest(), (await memory().stats()).version]
    store.calls.length = 0
    await memory().query('Where does Bob work?')
    await memory().recall('Google', { knownAt: '2030' })
    await memory().facts({ history: true })
    expect(store.calls).not.toContain('apply')
    expect([await memory().digest(), (await memory().stats()).version]).toEqual(before)
  })

  it('one more sentence is one text to embed and one passage to read, whatever is there (cost)', async () => {
    const { counted, texts } = countingEmbedder()
    const { memory, reasoner } = create({ embedder: counted })
    await memory().ingest({ documents: Array.from({ length: 40 }, (_, index) => ({ text: `Bob${index} works at Google.` })) })
    texts.length = 0
    reasoner.extracted.length = 0
    await memory().ingest('Carol works at Meta.')
    expect([texts, reasoner.extracted.length]).toEqual([['Carol works at Meta.'], 1])
    texts.length = 0
    await memory().query('Where does Carol work?')
    expect(texts).toHaveLength(1)
  })

  it('what two tenants say alike is embedded for each, and no cache tells one of the other (isolation)', async () => {
    const { counted, texts } = countingEmbedder()
    const { memory } = create({ embedder: counted })
    for (const userId of ['alice', 'bob']) await memory({ userId }).ingest('Bob works at Google.')
    expect(texts).toHaveLength(2)
  })

  it('what is forgotten does not come back with later writes, a reindex or another process (durability)', async () => {
    const setting = create()
    const { episodes } = await setting.memory().ingest({ id: 'a', text: 'Bob works at Google.' })
    const other = setting.another()
    await other.memory().facts()
    await setting.memory().forget({ episodeIds: episodes.map(({ id }) => id) })
    await other.memory().ingest({ id: 'b', text: 'Carol works at Meta.' })
    await other.memory().reindex()
    for (const { memory } of [setting, other, setting.another()]) {
      expect((await memory().facts()).map(({ subject }) => subject.name)).toEqual(['Carol'])
    }
  })

  it('reads go on while a model reads a chunk: no lock is held through its calls (durability)', async () => {
    const { memory, reasoner } = create()
    await memory().ingest('Bob works at Google.')
    const answers: string[] = []
    const asked: Promise<void>[] = []
    reasoner.beforeExtract = () => {
      asked.push(
        memory()
          .query('Where does Bob work?')
          .then(({ answer }) => {
            answers.push(answer)
          }),
      )
    }
    await memory().ingest('Carol works at Meta.')
    await Promise.all(asked)
    expect(answers).toEqual(['Google'])
  })

  it('a fact joins entities of two documents, whichever names them first (identity)', async () => {
    const { memory } = create()
    await memory().ingest({ documents: [{ text: 'Google lives in Rome.' }] })
    await memory().ingest({ documents: [{ text: 'Bob works at Google.' }] })
    const [works] = await memory().facts({ predicate: 'works_at' })
    const [lives] = await memory().facts({ predicate: 'lives_in' })
    expect(works?.object).toEqual(lives?.subject)
  })

  it("a document's own id is kept, and is its identity (safety)", async () => {
    const { memory } = create()
    const { episodes } = await memory().ingest({ documents: [{ id: 'report-7', text: 'Bob works at Google.' }] })
    expect(episodes[0]?.key).toBe('report-7')
    expect(await memory().ingest({ documents: [{ id: 'report-7', text: 'Bob works at Google.' }] })).toMatchObject({ unchanged: 1 })
  })
})
