import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Embedder } from '@graphmem/core'
import { localEmbedder } from '@graphmem/llm-local'

/** `local`, or `onnx`: the model in the folder `GRAPHMEM_ONNX_MODEL`, else the small one that the tests fetch. */
export async function chooseEmbedder(name = 'local'): Promise<Embedder & AsyncDisposable> {
  if (name === 'local') return { ...localEmbedder(), [Symbol.asyncDispose]: async () => {} }
  if (name !== 'onnx') throw new Error(`There is no embedder "${name}". There are: local, onnx.`)
  const { onnxEmbedder } = await import('@graphmem/embed-onnx')
  return await onnxEmbedder({ folder: process.env['GRAPHMEM_ONNX_MODEL'] ?? testModelFolder() })
}

function testModelFolder(): string {
  const tool = join(import.meta.dirname, '../../../packages/embed-onnx/tools/fetch-test-model.mjs')
  return execFileSync(process.execPath, [tool], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()
}
