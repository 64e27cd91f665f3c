import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { cachedFolder } from './cached-folder.ts'
import { modelWeights } from './model-weights.ts'
import { ollamaProgram, ollamaVersion } from './ollama-program.ts'
import { runOllama } from './run-ollama.ts'

export const chatModel = 'smollm2-135m-instruct'
export const embeddingModel = 'all-minilm-l6-v2'

/** Counted up when the models change. */
const modelsVersion = 1

const chatTemplate = `{{ range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}<|im_start|>assistant
`

/** One thread: several wait for each other in loops, which on a busy machine takes ten times as long. */
const parameters = { stop: ['<|im_end|>'], num_thread: 1 }

const embeddingFiles = [
  'model.safetensors',
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'vocab.txt',
  'modules.json',
  '1_Pooling/config.json',
]

/** The folder of the models, in Ollama's own form: made of the weights by an Ollama. Its own client loses the folder of `1_Pooling/config.json`. */
export async function ollamaModels(): Promise<string> {
  return cachedFolder(`ollama-models@${ollamaVersion}-${modelsVersion}`, async (draft) => {
    const { smolLm2, miniLm } = await modelWeights()
    await using server = await runOllama(await ollamaProgram(), draft)
    const create = async (model: string, folder: string, files: readonly string[], settings: { readonly template?: string } = {}) => {
      const digests: Record<string, string> = {}
      for (const file of files) digests[file] = await upload(server.url, join(folder, file))
      await post(`${server.url}/api/create`, JSON.stringify({ model, files: digests, stream: false, parameters, ...settings }))
    }
    await create(chatModel, dirname(smolLm2), [basename(smolLm2)], { template: chatTemplate })
    await create(embeddingModel, miniLm, embeddingFiles)
  })
}

async function upload(url: string, file: string): Promise<string> {
  const bytes = await readFile(file)
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  await post(`${url}/api/blobs/${digest}`, bytes)
  return digest
}

async function post(url: string, body: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(url, { method: 'POST', body })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}
