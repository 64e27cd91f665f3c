import { graphMemFromEnvironment } from '@graphmem/config'
import { openaiChatWire, openaiEmbeddingsWire, type RecordedRequest, startProviderDouble, type WireReply } from '@graphmem/testkit'
import { expect, it, onTestFinished } from 'vitest'

/** A double of a server that has a model which finds nothing in any text, and an embedder. */
async function server() {
  const started = await startProviderDouble()
  onTestFinished(() => started[Symbol.asyncDispose]())
  started.reply(answer)
  return started
}

function answer(recorded: RecordedRequest): WireReply {
  if (recorded.path.endsWith('/embeddings')) {
    const { texts } = openaiEmbeddingsWire.read(recorded)
    return openaiEmbeddingsWire.vectors(
      texts.map(() => [0, 1, 0]),
      texts.length,
    )
  }
  const { schema, streamed } = openaiChatWire.read(recorded)
  const text = JSON.stringify({ entities: [], facts: [] })
  return openaiChatWire.answer({ text, finish: 'complete', usage: undefined, streamed, schemaName: schema?.name })
}

it('the model and the embedder that the environment names read and embed, each with its own key', async () => {
  const { url, requests } = await server()
  await using memories = await graphMemFromEnvironment({
    folder: import.meta.dirname,
    env: {
      GRAPHMEM_STORE: 'memory:',
      GRAPHMEM_LLM: 'openai:llama3.2',
      GRAPHMEM_LLM_URL: `${url}/v1`,
      GRAPHMEM_LLM_KEY: 'key-of-the-model',
      GRAPHMEM_EMBEDDER: 'openai:nomic-embed-text',
      GRAPHMEM_EMBEDDER_URL: `${url}/v1`,
      GRAPHMEM_EMBEDDER_KEY: 'key-of-the-embedder',
      GRAPHMEM_EMBEDDER_DIMENSIONS: '3',
      OPENAI_API_KEY: 'key-of-nobody',
    },
  })
  const memory = memories.memory({ userId: 'alice', memoryId: 'chat' })
  const { episodes } = await memory.ingest('I work at Google')
  expect(episodes[0]?.failures).toEqual([])
  expect((await memory.recall('Where do I work?')).chunks[0]?.text).toBe('I work at Google')
  const asked = requests.map(({ path, headers, body }) => [path, headers.authorization, (body as { readonly model: string }).model])
  expect(new Set(asked.map((each) => each.join(' ')))).toEqual(
    new Set(['/v1/chat/completions Bearer key-of-the-model llama3.2', '/v1/embeddings Bearer key-of-the-embedder nomic-embed-text']),
  )
})
