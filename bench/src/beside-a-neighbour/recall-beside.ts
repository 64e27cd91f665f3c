import { GraphMem, type GraphStore, type Memory, type RecallResult } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { inventedPeople } from '../invented-text.ts'

const said = 'Since the spring Priya Nair has kept the lamp burning out there, on the rock.'
const question = 'Who runs the lighthouse at Hollow Point?'
const sentencesPerDocument = 5
const at = new Date(Date.UTC(2024, 0, 1))
const seed = 8

export interface RecalledBeside {
  /** What the neighbour knows of, and in how many passages. */
  readonly entities: number
  readonly passages: number
  /** How many of these passages are nearer the question than the own one, by their vectors. */
  readonly nearer: number
  /** From 1 up; 0 where what was said was not recalled. */
  readonly rank: number
  /** Whether passages, facts, entities, context, and every score and signal of theirs are those of a memory that is alone, to the bit. */
  readonly isAsAlone: boolean
}

/** Lets one user say one sentence beside a neighbour who says near to the question what that one does not, and recalls it in another process. */
export async function recallBeside(open: () => GraphStore, entities: number): Promise<RecalledBeside> {
  const embedder = localEmbedder()
  const reasoner = localReasoner()
  const memoryOf = (store: GraphStore, userId: string): Memory =>
    new GraphMem({ store, reasoner, embedder, clock: () => at.getTime() }).memory({ userId, memoryId: 'chat' })
  const remember = (memory: Memory) => memory.ingest({ documents: [{ id: 'said', text: said, at }] })

  await using aloneStore = memoryStore()
  const alone = memoryOf(aloneStore, 'alice')
  await remember(alone)
  const wanted = await alone.recall(question, { explain: true, at })

  await using store = open()
  const neighbour = memoryOf(store, 'bob')
  const texts = await fill(neighbour, entities)
  await remember(memoryOf(store, 'alice'))
  await using again = open()
  const recalled = await memoryOf(again, 'alice').recall(question, { explain: true, at })

  const [asked, own, ...theirs] = await embedder.embed([question, said, ...texts])
  const similarity = (vector: Float32Array = new Float32Array()) =>
    vector.reduce((sum, value, place) => sum + value * (asked?.[place] ?? 0), 0)
  const { records } = await neighbour.stats()
  return {
    entities: records.senses,
    passages: records.chunks,
    nearer: theirs.filter((vector) => similarity(vector) > similarity(own)).length,
    rank: recalled.chunks.findIndex(({ text }) => text === said) + 1,
    isAsAlone: content(recalled) === content(wanted),
  }
}

/** @returns the texts that the memory was fed with, until it knew so many names */
async function fill(memory: Memory, entities: number): Promise<readonly string[]> {
  const people = inventedPeople(seed)
  const texts: string[] = []
  let known = 0
  while (known < entities) {
    const documents = Array.from({ length: Math.min(1_000, Math.ceil((entities - known) / sentencesPerDocument)) }, (_, place) => {
      const sentences = Array.from({ length: sentencesPerDocument }, () => `${people.next().value} runs the lighthouse at Hollow Point.`)
      return { id: `document ${texts.length + place}`, text: sentences.join(' '), at }
    })
    texts.push(...documents.map(({ text }) => text))
    await memory.ingest({ documents })
    known = (await memory.stats()).records.senses
  }
  return texts
}

function content({ timings: _, ...rest }: RecallResult): string {
  return JSON.stringify(rest)
}
