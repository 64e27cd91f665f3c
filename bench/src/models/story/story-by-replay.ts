import { type Bill, GraphMem, languageModelReasoner, type Memory, totalBill } from '@graphmem/core'
import { localEmbedder } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { type RecordedRequest, startProviderDouble, type WireReply } from '@graphmem/testkit'
import { answerAsModel } from '../answer-as-model.ts'
import type { Provider } from './providers.ts'

/** What the story came to through one provider. */
export interface Told {
  readonly answers: readonly Answered[]
  /** Of the two sentences. */
  readonly bill: Bill
  /** Requests that the double answered, by what they asked for. */
  readonly asked: {
    readonly extractions: number
    readonly answers: number
    readonly embeddings: number
    /** Of these, those that show the model words of both users. */
    readonly mixed: number
  }
}

interface Answered {
  readonly who: string
  readonly question: string
  readonly promised: string
  readonly answer: string
  readonly found: boolean
  readonly confidence: number
  /** The sentences that are cited. */
  readonly cited: readonly string[]
}

/** What each request takes, and what a token costs, in the double's world. */
export const usage = { inputTokens: 400, outputTokens: 50 } as const
export const price = { input: 1, output: 10 } as const

export const nothingFound = 'No information found'
const questions = [
  ['alice', 'Where do I work?', 'Google'],
  ['alice', 'Where does Alice work?', 'Google'],
  ['alice', 'What is my job?', 'senior engineer'],
  ['alice', 'What does Bob do?', nothingFound],
  ['bob', 'What does Bob do?', 'doctor'],
  ['bob', 'Where do I work?', 'Mayo Clinic'],
  ['bob', 'Where does Alice work?', nothingFound],
] as const

/** Alice and Bob each say a sentence, and are asked about themselves and each other: through a provider's own SDK, before a double of it. */
export async function storyByReplay(provider: Provider): Promise<Told> {
  await using double = await startProviderDouble()
  const local = localEmbedder()
  const asked = { extractions: 0, answers: 0, embeddings: 0, mixed: 0 }
  double.reply((request) => {
    if (/\/embed(?:dings)?(?:\?|$)/.test(request.path)) {
      asked.embeddings += 1
      return vectorsFor(request)
    }
    const sent = provider.modelWire.read(request)
    const answer = answerAsModel(sent)
    asked['entities' in answer ? 'extractions' : 'answers'] += 1
    const { streamed, schema, messages } = sent
    const shown = JSON.stringify(messages)
    if (shown.includes('Google') && shown.includes('Mayo')) asked.mixed += 1
    return provider.modelWire.answer({ text: JSON.stringify(answer), finish: 'complete', usage, streamed, schemaName: schema?.name })
  })

  async function vectorsFor(request: RecordedRequest): Promise<WireReply> {
    const { embedderWire } = provider
    if (embedderWire === undefined) throw new Error(`${provider.name} has no embedder`)
    const { texts } = embedderWire.read(request)
    return embedderWire.vectors(
      (await local.embed(texts)).map((vector) => [...vector]),
      texts.length,
    )
  }

  using _ = leadTo(double.url, provider.fixedUrl)
  const endpoint = { url: double.url, key: 'key-of-the-story' }
  const model = provider.model(endpoint)
  const embedder = provider.embedder?.(endpoint, local.dimensions) ?? local
  const prices = { [model.id]: price, [embedder.id]: { input: 0, output: 0 } }
  await using graphMem = new GraphMem({ store: memoryStore(), reasoner: languageModelReasoner(model), embedder, prices })
  const memories = {
    alice: graphMem.memory({ userId: 'alice', memoryId: 'chat', self: { name: 'Alice' } }),
    bob: graphMem.memory({ userId: 'bob', memoryId: 'chat', self: { name: 'Bob' } }),
  }
  const said = [
    await memories.alice.ingest('I work at Google as a senior engineer'),
    await memories.bob.ingest("I'm a doctor at Mayo Clinic"),
  ]
  const answers: Answered[] = []
  for (const [who, question, promised] of questions) answers.push({ who, promised, ...(await ask(memories[who], question)) })
  return { answers, bill: totalBill(said.map((result) => result.usage)), asked }
}

async function ask(memory: Memory, question: string): Promise<Omit<Answered, 'who' | 'promised'>> {
  const { answer, found, confidence, citations } = await memory.query(question)
  return { question, answer, found, confidence, cited: citations.map(({ text }) => text) }
}

/** Whether a question was answered as promised: with words of the asker's own that are cited, or with nothing at all. */
export function isAsPromised({ promised, answer, found, confidence, cited }: Answered): boolean {
  if (promised === nothingFound) return answer === nothingFound && !found && confidence === 0 && cited.length === 0
  return answer === promised && found && cited.length > 0 && cited.every((text) => text.includes(promised))
}

/** Sends to a double, as long as it is needed, what is for an address that cannot be set. */
function leadTo(url: string, fixedUrl: string | undefined): Disposable {
  const { fetch } = globalThis
  if (fixedUrl !== undefined) globalThis.fetch = (to, init) => fetch(String(to).replace(fixedUrl, url), init)
  return {
    [Symbol.dispose]() {
      globalThis.fetch = fetch
    },
  }
}
