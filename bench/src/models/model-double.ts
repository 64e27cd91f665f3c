import { type LanguageModel, languageModelReasoner, type Reasoner } from '@graphmem/core'
import { openaiModel } from '@graphmem/llm-openai'
import { openaiChatWire, type Reply, startProviderDouble } from '@graphmem/testkit'
import { answerAsModel, textAsked } from './answer-as-model.ts'

/** A double of a server that speaks as OpenAI does, and notes what it is asked. */
export interface ModelDouble extends AsyncDisposable {
  readonly url: string
  /** Each request's text, in order. */
  readonly asked: readonly string[]
  /** Those that an answer was written for, in order. */
  readonly answered: readonly string[]
  /** Called for each request; what it gives is the reply, in place of an answer. */
  before: (text: string, nth: number) => Reply | undefined | Promise<Reply | undefined>
  /** Called when an answer is about to be written. */
  onAnswered: () => void
}

export async function startModelDouble(): Promise<ModelDouble> {
  const provider = await startProviderDouble()
  const asked: string[] = []
  const answered: string[] = []
  const double: ModelDouble = {
    url: provider.url,
    asked,
    answered,
    before: () => undefined,
    onAnswered: () => {},
    [Symbol.asyncDispose]: () => provider[Symbol.asyncDispose](),
  }
  provider.reply(async (request) => {
    // Of a client that was killed while it sent.
    if (request.body === undefined) return 'reset'
    const sent = openaiChatWire.read(request)
    const text = textAsked(sent)
    const instead = await double.before(text, asked.push(text))
    if (instead !== undefined) return instead
    answered.push(text)
    double.onAnswered()
    return answerWith(JSON.stringify(answerAsModel(sent)))
  })
  return double
}

/** An answer of the double, of whatever text. */
export function answerWith(text: string): Exclude<Reply, string> {
  const usage = { inputTokens: 400, outputTokens: 50 }
  return openaiChatWire.answer({ text, finish: 'complete', usage, streamed: false, schemaName: undefined })
}

export function modelAt(url: string): LanguageModel {
  return openaiModel({ model: 'double', apiKey: 'key-of-the-bench', baseURL: `${url}/v1` })
}

export function reasonerAt(url: string): Reasoner {
  return languageModelReasoner(modelAt(url))
}
