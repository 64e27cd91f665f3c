import { graphMemFromEnvironment } from '@graphmem/config'

const memories = await graphMemFromEnvironment()

const alice = memories.memory({ userId: 'alice', memoryId: 'chat', self: { name: 'Alice' } })
const bob = memories.memory({ userId: 'bob', memoryId: 'chat', self: { name: 'Bob' } })

await alice.ingest('I work at Google as a senior engineer')
await bob.ingest("I'm a doctor at Mayo Clinic")

for (const [name, memory] of Object.entries({ alice, bob })) {
  for (const question of ['Where do I work?', 'What does Bob do?', 'Where does Alice work?']) {
    const { answer, confidence, citations } = await memory.query(question)
    console.log(`${name}: ${question} ${answer}, ${confidence.toFixed(4)}, cited ${citations.length}`)
  }
}

const { memories: erased, records } = await memories.user('alice').erase()
console.log(`erased ${erased} memory of alice, ${records.facts} facts`)
console.log(`bob: Where do I work? ${(await bob.query('Where do I work?')).answer}`)
await memories.user('bob').erase()

await memories.close()
