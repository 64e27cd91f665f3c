import { userId } from '@graphmem/core/spec'
import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { memoryStore } from '@graphmem/store-memory'
import { neo4jStore } from '@graphmem/store-neo4j'
import { neo4jDoctor } from '@graphmem/store-neo4j/doctor'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { live, self, some } from '../lives.ts'
import { settingOf } from '../on-every-store.ts'
import { told } from '../told.ts'

const server = neo4jAccess(inject('neo4jUrl') || 'bolt://none:none@127.0.0.1:1')

describe.skipIf(inject('neo4jUrl') === '')('a memory that is moved to a Neo4j and back', () => {
  it('is the same to the byte, tells the same to the bit, and leaves nothing for a doctor to find', async () => {
    const store = neo4jStore(server)
    onTestFinished(async () => {
      await store.user(userId('alice')).erase()
      await store[Symbol.asyncDispose]()
    })
    await store.user(userId('alice')).erase()
    const [here, there] = [settingOf(memoryStore()), settingOf(store)]
    await live(here.memory({ self }), some)
    const { now } = here.clock
    const exported = async (setting: typeof here) => {
      let all = ''
      for await (const line of setting.memory().export()) all += line
      return all
    }
    const before = { bytes: await exported(here), told: await told(here.memory({ self }), [now - 3_000, now]) }
    const ids = { userId: 'alice', memoryId: 'chat' }
    await here.graphMem.move(ids, there.graphMem)
    there.clock.now = now
    expect(await exported(there)).toBe(before.bytes)
    expect(await told(there.memory({ self }), [now - 3_000, now])).toBe(before.told)
    expect(await there.memory().examine()).toEqual([])
    const { findings } = await neo4jDoctor(server)
    expect(findings.flatMap(({ examples }) => examples).filter((example) => example.userId === 'alice')).toEqual([])
    await there.graphMem.move(ids, here.graphMem)
    expect(await exported(here)).toBe(before.bytes)
    expect(await there.graphMem.user('alice').list()).toEqual([])
  })
})
