import { type GraphMemSettings, openGraphMem } from '@graphmem/config'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { openaiModel } from '@graphmem/llm-openai'
import { describe, expect, it } from 'vitest'
import { openEmbedder } from '../src/open-embedder.ts'
import { openReasoner } from '../src/open-reasoner.ts'
import { failureOf } from './failure-of.ts'

const key = 'hunter2'

describe('a language model', () => {
  it.each<[GraphMemSettings, string | undefined]>([
    [{ llm: 'openai:gpt-4o-mini', llmKey: key }, 'openai:gpt-4o-mini'],
    [{ llm: 'OpenAI:gpt-4o-mini', llmKey: key }, 'openai:gpt-4o-mini'],
    [
      { llm: 'openai:meta-llama/llama-3.3-70b:free', llmKey: key, llmUrl: 'https://openrouter.ai/api/v1' },
      'openai-compatible:meta-llama/llama-3.3-70b:free',
    ],
    [{ llm: 'openai:llama3.2', llmUrl: 'http://localhost:8000/v1' }, 'openai-compatible:llama3.2'],
    [{ llm: 'azure:gpt-4o-mini', llmKey: key, llmUrl: 'https://resource.openai.azure.com' }, 'azure:gpt-4o-mini'],
    [{ llm: 'azure:gpt-4o-mini/ours', llmKey: key, llmUrl: 'https://resource.openai.azure.com' }, 'azure:gpt-4o-mini'],
    [{ llm: 'anthropic:claude-haiku-5-5', llmKey: key }, 'anthropic:claude-haiku-5-5'],
    [{ llm: 'ollama:qwen3:8b' }, 'ollama:qwen3:8b'],
    [{ llm: 'ollama:llama3.2', llmUrl: 'http://gpu:11434', llmKey: key }, 'ollama:llama3.2'],
    [{ llm: openaiModel({ model: 'gpt-4.1', apiKey: key }) }, 'openai:gpt-4.1'],
    [{ llm: 'local' }, undefined],
    [{ llm: 'local:' }, undefined],
    [{}, undefined],
  ])('is what the reasoner calls: %o', async (settings, id) => {
    expect((await openReasoner(settings)).model?.id).toBe(id)
  })

  it('is not needed: local reads without one', async () => {
    expect((await openReasoner({ llm: 'local' })).id).toBe(localReasoner().id)
  })
})

describe('an embedder', () => {
  const dimensions = 768
  it.each<[GraphMemSettings, string, number]>([
    [{ embedder: 'openai:text-embedding-3-small', embedderKey: key }, 'openai:text-embedding-3-small', 1536],
    [{ embedder: 'openai:text-embedding-3-large', embedderKey: key, embedderDimensions: 256 }, 'openai:text-embedding-3-large', 256],
    [{ embedder: 'openai:bge', embedderUrl: 'http://gpu/v1', embedderDimensions: dimensions }, 'openai-compatible:bge', dimensions],
    [
      { embedder: 'azure:text-embedding-3-small/ours', embedderKey: key, embedderUrl: 'https://r.openai.azure.com' },
      'azure:text-embedding-3-small',
      1536,
    ],
    [{ embedder: 'ollama:nomic-embed-text', embedderDimensions: dimensions }, 'ollama:nomic-embed-text', dimensions],
    [{ embedder: 'local' }, localEmbedder().id, localEmbedder().dimensions],
  ])('is made of %o', async (settings, id, length) => {
    const embedder = await openEmbedder(settings)
    expect({ id: embedder.id, length: embedder.dimensions }).toEqual({ id, length })
  })
})

describe('openGraphMem', () => {
  const azure = 'https://resource.openai.azure.com'
  it.each<[GraphMemSettings, string, string]>([
    [{ llm: 'openai:gpt-4o-mini', reasoner: 'local:', llmKey: key }, 'llm', 'both say what reads and answers'],
    [{ llm: 'local', reasoner: localReasoner() }, 'llm', 'both say what reads and answers'],
    [{ llm: 'cohere:command' }, 'llm', 'is no known model. Give openai:gpt-4o-mini'],
    [{ llm: 'gpt-4o-mini' }, 'llm', 'is no known model. Give openai:gpt-4o-mini'],
    [{ llm: 'openai:', llmKey: key }, 'llm', 'names no model after `openai:`'],
    [{ llm: 'openai:gpt 4', llmKey: key }, 'llm', 'no name as'],
    [
      { llm: 'openai:gpt-4o-mini' },
      'llmKey',
      '`llmKey` (GRAPHMEM_LLM_KEY) is missing: `openai:` needs a key. In the environment it may be OPENAI_API_KEY',
    ],
    [{ llm: 'anthropic:claude-haiku-5-5' }, 'llmKey', 'it may be ANTHROPIC_API_KEY'],
    [{ llm: 'anthropic:claude-haiku-5-5', llmUrl: 'https://proxy' }, 'llmKey', 'is missing'],
    [{ llm: 'azure:gpt-4o-mini', llmUrl: azure }, 'llmKey', 'it may be AZURE_OPENAI_API_KEY'],
    [{ llm: 'azure:gpt-4o-mini', llmKey: key }, 'llmUrl', 'where is the resource at Azure?'],
    [{ llm: 'azure:gpt-4o-mini/', llmKey: key, llmUrl: azure }, 'llm', 'azure.deployment'],
    [{ llm: 'openai:gpt-4o-mini', llmKey: `${key} ` }, 'llmKey', 'a space'],
    [{ llm: 'openai:gpt-4o-mini', llmKey: key, llmUrl: `https://ada:${key}@host/v1` }, 'llmUrl', 'a password in it'],
    [{ llm: 'anthropic:claude-haiku-5-5', llmKey: key, llmUrl: key }, 'llmUrl', 'no URL'],
    [{ llm: 'ollama:llama3.2', llmUrl: key }, 'llmUrl', 'no URL'],
    [{ llmKey: key }, 'llmKey', 'does not go with no model: `llm` (GRAPHMEM_LLM) is not set'],
    [{ llm: 'local', llmKey: key }, 'llmKey', 'does not go with `local`'],
    [{ llm: openaiModel({ model: 'gpt-4.1', apiKey: key }), llmUrl: azure }, 'llmUrl', 'does not go with a model that is made already'],
    [{ llm: 7 as never }, 'llm', 'it is neither a URL nor a language model'],
    [{ embedder: 'openai:text-embedding-3-small' }, 'embedderKey', 'it may be OPENAI_API_KEY'],
    [{ embedder: 'openai:bge', embedderUrl: 'http://gpu/v1' }, 'embedderDimensions', 'how long are the vectors'],
    [{ embedder: 'ollama:nomic-embed-text' }, 'embedderDimensions', 'how long are the vectors'],
    [{ embedder: 'ollama:nomic-embed-text', embedderDimensions: 1.5 }, 'embedderDimensions', 'no whole number'],
    [{ embedder: 'anthropic:claude-haiku-5-5', embedderKey: key }, 'embedder', 'is no known embedder'],
    [{ embedderKey: key }, 'embedderKey', 'does not go with an embedder in the process'],
    [{ embedder: 'onnx:/folder', embedderUrl: 'http://gpu' }, 'embedderUrl', 'does not go with an embedder in the process'],
    [{ embedder: localEmbedder(), embedderDimensions: 8 }, 'embedderDimensions', 'does not go with an embedder that is made already'],
  ])('refuses %o, and prints no secret', async (settings, field, problem) => {
    const error = await failureOf(() => openGraphMem({ store: 'memory:', ...settings }))
    expect({ code: error.code, field: error.field }).toEqual({ code: 'CONFIG_INVALID', field })
    expect(error.message).toContain(problem)
    expect(error.message).not.toContain('hunter2')
  })
})
