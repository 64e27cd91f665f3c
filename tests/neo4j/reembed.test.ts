import { userId } from '@graphmem/core/spec'
import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { memoryStore } from '@graphmem/store-memory'
import { neo4jStore } from '@graphmem/store-neo4j'
import { neo4jDoctor } from '@graphmem/store-neo4j/doctor'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { countingEmbedder } from '../counting-embedder.ts'
import { settingOf } from '../on-every-store.ts'
import { rejection } from '../rejection.ts'

const server = neo4jAccess(inject('neo4jUrl') || 'bolt://none:none@127.0.0.1:1')
const documents = Array.from({ length: 12 }, (_, index) => ({ id: `${index}`, text: `Bob${index} likes Tea and plays the cello.` }))

describe.skipIf(inject('neo4jUrl') === '')('going over to another embedder on a Neo4j', () => {
  it('is resumed, forgets what is forgotten meanwhile, and has nothing in it for a doctor to find', async () => {
    const store = neo4jStore(server)
    onTestFinished(async () => {
      await store.user(userId('alice')).erase()
      await store[Symbol.asyncDispose]()
    })
    await store.user(userId('alice')).erase()
    const setting = settingOf(store)
    const { episodes } = await setting.memory().ingest({ documents: documents.slice(0, 11) })
    const dying = countingEmbedder((call) => {
      if (call === 3) throw new Error('out of credit')
    })
    expect((await rejection(setting.another({ embedder: dying }).memory().reembed({ batchSize: 4 }))).code).toBe('MODEL_FAILED')
    expect(await setting.memory().examine()).toEqual([])
    const { findings } = await neo4jDoctor(server)
    expect(findings.flatMap(({ examples }) => examples).filter((example) => example.userId === 'alice')).toEqual([])
    await setting.memory().forget({ episodeIds: episodes.slice(0, 2).map(({ id }) => id) })
    await setting.memory().ingest({ documents: documents.slice(11) })
    const other = countingEmbedder()
    const second = setting.another({ embedder: other })
    const { chunks, embedded } = await second.memory().reembed({ batchSize: 4 })
    expect(chunks).toBe(10)
    expect(embedded).toBeLessThanOrEqual(4)
    const fresh = settingOf(memoryStore(), { embedder: countingEmbedder() })
    await fresh.memory().ingest({ documents: documents.slice(2) })
    for (const question of ['cello', 'What does Bob11 like?']) {
      const [now, wanted] = await Promise.all([second.memory().recall(question), fresh.memory().recall(question)])
      expect(now.chunks).toEqual(wanted.chunks)
    }
    expect(await second.memory().examine()).toEqual([])
  })
})
