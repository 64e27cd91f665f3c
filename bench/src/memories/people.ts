import type { GraphStore } from '@graphmem/core'
import { inventedSentences } from '../invented-text.ts'
import { randomNumbers } from '../random.ts'
import type { Laboratory } from '../speed/laboratory.ts'
import { watchedProcess } from './watched-process.ts'

/** A memory and a question it can answer. */
export interface Asked {
  readonly userId: string
  readonly memoryId: string
  readonly question: string
}

/** Who asks in this bench. */
export interface People {
  /** Users of one memory each, of 10 to 100 sentences. */
  readonly many: readonly Asked[]
  /** Users of 30 such memories each. */
  readonly busy: readonly (readonly Asked[])[]
  /** A user of one memory that is larger than 50 such together. */
  readonly large: Asked
  /** What 50 such memories take of the process, as counted. */
  readonly bytesOf50: number
}

const busyUsers = 3
const memoriesOfBusyUser = 30
const sentencesOfLarge = 2500
const sentencesPerDocument = 5

/** Fills an empty store with what they remember. */
export async function people(store: GraphStore, users: number, lab: Laboratory): Promise<People> {
  await using watched = watchedProcess(store, Number.POSITIVE_INFINITY, lab)
  const { graphMem } = watched
  const sentences = inventedSentences(11)
  const random = randomNumbers(12)
  const fill = async (userId: string, memoryId: string, count: number): Promise<Asked> => {
    const memory = graphMem.memory({ userId, memoryId })
    const said = Array.from({ length: count }, () => sentences.next().value)
    await memory.ingest({ documents: documentsOf(said.map(({ text }) => text)) })
    return { userId, memoryId, question: said[Math.floor(random() * count)]?.question ?? '' }
  }
  const fillMany = async (count: number, idsOf: (place: number) => readonly [string, string]) => {
    const filled: Asked[] = []
    for (let place = 0; place < count; place++) filled.push(await fill(...idsOf(place), Math.round(10 * 10 ** random())))
    return filled
  }
  const many = await fillMany(users, (place) => [`user-${place}`, 'notes'])
  const busy: (readonly Asked[])[] = []
  for (let user = 0; user < busyUsers; user++) {
    busy.push(await fillMany(memoriesOfBusyUser, (place) => [`busy-${user}`, `notes-${place}`]))
  }
  const large = await fill('large', 'notes', sentencesOfLarge)
  for (const each of many) await watched.ask(each)
  const { sizeBytes, count } = graphMem.heldIndexes
  return { many, busy, large, bytesOf50: (sizeBytes / count) * 50 }
}

function documentsOf(texts: readonly string[]): readonly { readonly id: string; readonly text: string }[] {
  return Array.from({ length: Math.ceil(texts.length / sentencesPerDocument) }, (_, place) => ({
    id: `document ${place}`,
    text: texts.slice(place * sentencesPerDocument, (place + 1) * sentencesPerDocument).join(' '),
  }))
}
