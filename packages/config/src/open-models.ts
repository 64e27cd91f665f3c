import type { Embedder, Reasoner } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { importAdapter } from './import-adapter.ts'
import { inSettings } from './in-settings.ts'
import { settingCalled } from './setting-called.ts'
import type { GraphMemSettings } from './settings.ts'

/** @throws GraphMemError `CONFIG_INVALID` */
export async function openReasoner({ reasoner = 'local:' }: GraphMemSettings): Promise<Reasoner> {
  if (typeof reasoner !== 'string') return reasoner
  if (reasoner !== 'local:') throw configInvalid('reasoner', `${settingCalled('reasoner')} is no known reasoner. There is local:`)
  const { localReasoner } = await importAdapter('reasoner', '@graphmem/llm-local', () => import('@graphmem/llm-local'))
  return localReasoner()
}

/** @throws GraphMemError `CONFIG_INVALID` */
export async function openEmbedder({ embedder = 'local:' }: GraphMemSettings): Promise<Embedder> {
  if (typeof embedder !== 'string') return embedder
  if (embedder.startsWith('onnx:')) {
    const { onnxEmbedder } = await importAdapter('embedder', '@graphmem/embed-onnx', () => import('@graphmem/embed-onnx'))
    return inSettings({ folder: 'embedder' }, () => onnxEmbedder({ folder: embedder.slice('onnx:'.length) }))
  }
  if (embedder !== 'local:') {
    throw configInvalid('embedder', `${settingCalled('embedder')} is no known embedder. There are local: and onnx:/folder`)
  }
  const { localEmbedder } = await importAdapter('embedder', '@graphmem/llm-local', () => import('@graphmem/llm-local'))
  return localEmbedder()
}
