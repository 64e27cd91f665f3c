import { expect, it } from 'vitest'
import { onEveryCache } from './on-every-cache.ts'

const question = 'Where does Bob work?'

await onEveryCache('a cache, as time goes by', (create) => {
  it('answers about now until a fact begins or ends, and about a given moment on', async () => {
    const { memory, clock } = create({ cacheTtls: { queryMs: 2 ** 31 - 1, searchMs: 2 ** 31 - 1 } })
    clock.step = 0
    clock.now = Date.UTC(2021, 11, 31, 10)
    await memory().ingest({ text: 'Bob works at Google until 2021.', at: '2021-06-01' })
    const given = { asOf: '2021-12-31' }
    for (const isCached of [undefined, true]) {
      expect(await memory().query(question)).toMatchObject({ answer: 'Google' })
      expect((await memory().query(question, given)).timings.cached).toBe(isCached)
    }
    clock.now = Date.UTC(2021, 11, 31, 23, 59, 59, 999)
    expect(await memory().query(question)).toMatchObject({ answer: 'Google', timings: { cached: true } })
    clock.now = Date.UTC(2022, 0, 1)
    expect(await memory().query(question)).toMatchObject({ found: false })
    // A process whose clock is behind is not told what holds later.
    clock.now -= 1
    expect(await memory().query(question)).toMatchObject({ answer: 'Google' })
    expect((await memory().query(question, { ...given, at: '2021-12-31' })).timings.cached).toBeUndefined()
  })

  it('asks anew on another day, since "yesterday" is another then', async () => {
    const { memory, clock } = create({ cacheTtls: { queryMs: 2 ** 31 - 1 } })
    clock.step = 0
    clock.now = Date.UTC(2024, 0, 1, 23)
    await memory().ingest({ text: 'Bob works at Google.', at: '2023-01-01' })
    const cached = async () => (await memory().query('Where did Bob work yesterday?')).timings.cached
    expect([await cached(), await cached()]).toEqual([undefined, true])
    clock.now = Date.UTC(2024, 0, 2, 1)
    expect([await cached(), await cached()]).toEqual([undefined, true])
  })

  it('does not use an entry past its time, whatever the cache thinks of time', async () => {
    const { memory, clock } = create({ cacheTtls: { queryMs: 60_000, searchMs: 60_000 } })
    clock.step = 0
    clock.now = Date.UTC(2024, 0, 1, 10)
    await memory().ingest('Bob works at Google.')
    await memory().query(question, { at: '2024-01-01' })
    clock.now += 59_999
    expect((await memory().query(question, { at: '2024-01-01' })).timings.cached).toBe(true)
    clock.now += 1
    expect((await memory().query(question, { at: '2024-01-01' })).timings.cached).toBeUndefined()
  })
})
