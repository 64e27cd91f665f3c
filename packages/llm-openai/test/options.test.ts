import { describe, expect, it } from 'vitest'
import { openaiEmbedder, openaiModel } from '../src/index.ts'

const azure = { endpoint: 'https://my-resource.openai.azure.com', deployment: 'd', apiVersion: '2024-10-21' }
const sound = { model: 'gpt-4o-mini', apiKey: 'hunter2' }

const servers: readonly [string, string, unknown][] = [
  ['options', 'no object', undefined],
  ['model', 'none', { apiKey: 'hunter2' }],
  ['model', 'no name', { ...sound, model: 'hunter 2' }],
  ['apiKey', 'none at OpenAI', { model: 'gpt-4o-mini' }],
  ['apiKey', 'none at Azure', { model: 'gpt-4o-mini', azure }],
  ['apiKey', 'an empty one', { ...sound, apiKey: '' }],
  ['apiKey', 'a line break in it', { ...sound, apiKey: 'hunter2\n' }],
  ['apiKey', 'no text', { ...sound, apiKey: 7 }],
  ['baseURL', 'no URL', { ...sound, baseURL: 'hunter2' }],
  ['baseURL', 'another scheme', { ...sound, baseURL: 'ftp://host/v1' }],
  ['baseURL', 'a password in it', { ...sound, baseURL: 'https://ada:hunter2@host/v1' }],
  ['baseURL', 'a query', { ...sound, baseURL: 'https://host/v1?key=hunter2' }],
  ['baseURL', 'Azure beside it', { ...sound, baseURL: 'https://host/v1', azure }],
  ['azure', 'no object', { ...sound, azure: 'hunter2' }],
  ['azure.endpoint', 'no URL', { ...sound, azure: { ...azure, endpoint: 'hunter2' } }],
  ['azure.deployment', 'none', { ...sound, azure: { endpoint: azure.endpoint } }],
  ['azure.apiVersion', 'an empty one', { ...sound, azure: { ...azure, apiVersion: '' } }],
  ['key', 'an unknown one', { ...sound, key: 'hunter2' }],
]

function refusal(field: string): unknown {
  const message = expect.not.stringContaining('hunter')
  return expect.objectContaining({ code: 'CONFIG_INVALID', field, message })
}

describe('options are refused, without repeating them,', () => {
  it.each<[string, string, unknown]>([
    ...servers,
    ['structuredOutput', 'no way there is', { ...sound, structuredOutput: 'hunter2' }],
    ['reasoningEffort', 'no effort there is', { ...sound, reasoningEffort: 'hunter2' }],
    ['dimensions', 'an option of embedders', { ...sound, dimensions: 8 }],
  ])('of a model, naming %s, where there is %s', (field, _, options) => {
    expect(() => openaiModel(options as typeof sound)).toThrow(refusal(field) as Error)
  })

  it.each<[string, string, unknown]>([
    ...servers,
    ['dimensions', 'a model whose dimensions are not known', sound],
    ['dimensions', 'none of them', { ...sound, dimensions: 0 }],
    ['dimensions', 'a part of one', { ...sound, dimensions: 1.5 }],
    ['maxTexts', 'more than a server takes', { ...sound, dimensions: 8, maxTexts: 2049 }],
    ['sendDimensions', 'neither yes nor no', { ...sound, dimensions: 8, sendDimensions: 'yes' }],
    ['structuredOutput', 'an option of models', { ...sound, structuredOutput: 'none' }],
  ])('of an embedder, naming %s, where there is %s', (field, _, options) => {
    expect(() => openaiEmbedder(options as typeof sound)).toThrow(refusal(field) as Error)
  })
})

describe('an embedder', () => {
  it.each([
    ['text-embedding-3-small', 1536],
    ['text-embedding-3-large', 3072],
    ['text-embedding-ada-002', 1536],
  ])('knows the dimensions of %s', (model, dimensions) => {
    expect(openaiEmbedder({ model, apiKey: 'k' }).dimensions).toBe(dimensions)
  })

  it('takes as many texts at once as it is told, and fewer at other servers than at OpenAI if it is not', () => {
    expect(openaiEmbedder({ model: 'text-embedding-3-small', apiKey: 'k' }).remote?.maxTexts).toBe(256)
    expect(openaiEmbedder({ model: 'nomic', baseURL: 'http://host/v1', dimensions: 8 }).remote?.maxTexts).toBe(32)
    expect(openaiEmbedder({ model: 'nomic', baseURL: 'http://host/v1', dimensions: 8, maxTexts: 5 }).remote?.maxTexts).toBe(5)
  })
})
