import type { Embedder } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { importAdapter } from './import-adapter.ts'
import { inSettings } from './in-settings.ts'
import { isLocal } from './is-local.ts'
import { openaiServer } from './openai-server.ts'
import { type ProviderModel, providerModel } from './provider-model.ts'
import { refuseStrayDetails } from './refuse-stray-details.ts'
import { refuseWithoutKey } from './refuse-without-key.ts'
import { settingCalled } from './setting-called.ts'
import type { ModelSettings } from './settings.ts'
import { withoutUndefined } from './without-undefined.ts'

const settingOf = {
  model: 'embedder',
  apiKey: 'embedderKey',
  baseURL: 'embedderUrl',
  url: 'embedderUrl',
  dimensions: 'embedderDimensions',
  'azure.endpoint': 'embedderUrl',
  'azure.deployment': 'embedder',
} as const

/** @throws GraphMemError `CONFIG_INVALID` */
export async function openEmbedder(settings: ModelSettings): Promise<Embedder> {
  const { embedder = 'local:' } = settings
  const named = providerModel('embedder', settings)
  if (named !== undefined) return ofProvider(named, settings)
  refuseStrayDetails('embedder', settings, typeof embedder === 'string' ? 'an embedder in the process' : 'an embedder that is made already')
  if (typeof embedder !== 'string') return embedder
  if (embedder.startsWith('onnx:')) {
    const { onnxEmbedder } = await importAdapter('embedder', '@graphmem/embed-onnx', () => import('@graphmem/embed-onnx'))
    return inSettings({ folder: 'embedder' }, () => onnxEmbedder({ folder: embedder.slice('onnx:'.length) }))
  }
  if (!isLocal(embedder)) throw unknown()
  const { localEmbedder } = await importAdapter('embedder', '@graphmem/llm-local', () => import('@graphmem/llm-local'))
  return localEmbedder()
}

async function ofProvider(named: ProviderModel, { embedderDimensions: dimensions }: ModelSettings): Promise<Embedder> {
  const { provider, model, key, url } = named
  if (provider === 'anthropic') throw unknown()
  refuseWithoutKey('embedder', named)
  if (provider === 'ollama') {
    if (dimensions === undefined)
      throw configInvalid('embedderDimensions', `${settingCalled('embedderDimensions')} is missing: how long are the vectors of the model?`)
    const { ollamaEmbedder } = await importAdapter('embedder', '@graphmem/llm-ollama', () => import('@graphmem/llm-ollama'))
    return inSettings(settingOf, () => ollamaEmbedder({ model, dimensions, ...withoutUndefined({ apiKey: key, url }) }))
  }
  const { openaiEmbedder } = await importAdapter('embedder', '@graphmem/llm-openai', () => import('@graphmem/llm-openai'))
  return inSettings(settingOf, () => openaiEmbedder({ ...openaiServer('embedder', named), ...withoutUndefined({ dimensions }) }))
}

function unknown(): Error {
  const known = 'local:, onnx:/folder, openai:text-embedding-3-small, azure:model/deployment and ollama:nomic-embed-text'
  return configInvalid('embedder', `${settingCalled('embedder')} is no known embedder. There are ${known}`)
}
