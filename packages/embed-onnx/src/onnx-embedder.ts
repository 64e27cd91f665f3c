import { type CallOptions, type Embedder, GraphMemError } from '@graphmem/core/spec'
import { configInvalid } from './config-invalid.ts'
import { modelConfiguration } from './model-configuration.ts'
import { type JsonObject, modelId, modelPath, readJson } from './model-files.ts'
import { folderOf, type OnnxEmbedderOptions } from './onnx-options.ts'
import { loadSentenceModel, type SentenceModel } from './sentence-model.ts'
import { type TokenReader, tokenReader } from './token-reader.ts'

/**
 * Embeds with a sentence-transformers model from a folder of files, on the CPU: no key, no network. Its tokenizer, pooling and greatest length
 * are those of its own configuration; its `id` is made of the content of its files.
 *
 * One text runs at a time: a quantised model measures its numbers over all that it is given at once, so that a text among others would get
 * another vector. While one runs, the event loop stands still; between two it has a turn.
 *
 * @throws GraphMemError `CONFIG_INVALID` when a file is missing or damaged, which the message names; `ADAPTER_INVALID` when the model is not one
 * of sentences
 */
export async function onnxEmbedder(options: OnnxEmbedderOptions): Promise<Embedder & AsyncDisposable> {
  const folder = folderOf(options)
  const path = await modelPath(folder)
  const tokenizer = await readJson(folder, 'tokenizer.json')
  if (tokenizer === undefined) throw configInvalid('folder', `${folder} has no tokenizer.json`)
  const tokenizerConfig = (await readJson(folder, 'tokenizer_config.json')) ?? {}
  const configuration = await modelConfiguration(folder, tokenizer, tokenizerConfig)
  const read = readerOf(folder, tokenizer, tokenizerConfig, configuration)
  const id = await modelId(path, [tokenizer, tokenizerConfig, configuration])
  const model = await loadSentenceModel(path, configuration)
  const dimensions = await dimensionsOf(path, model)
  let released: Promise<void> | undefined

  async function vectorOf(text: string): Promise<Float32Array> {
    if (released !== undefined)
      throw new GraphMemError({ code: 'CLOSED', message: 'Cannot embed: the embedder was closed. Make a new one.' })
    const tokens = read(text)
    if (tokens === undefined) return new Float32Array(dimensions)
    return await model.run(tokens).catch((error: unknown) => {
      if (GraphMemError.is(error)) throw error
      // What the runtime says may hold tokens of the text, and stays out.
      throw new GraphMemError({ code: 'MODEL_FAILED', message: `Cannot embed: the model of ${folder} failed. Is tokenizer.json its own?` })
    })
  }

  return {
    specVersion: 1,
    id,
    dimensions,
    async embed(texts: readonly string[], { signal }: CallOptions = {}): Promise<readonly Float32Array[]> {
      signal?.throwIfAborted()
      const vectors: Float32Array[] = []
      for (const text of texts) {
        vectors.push(await vectorOf(text))
        signal?.throwIfAborted()
      }
      return vectors
    },
    async [Symbol.asyncDispose](): Promise<void> {
      released ??= model.release()
      await released
    },
  }
}

function readerOf(
  folder: string,
  tokenizer: JsonObject,
  tokenizerConfig: JsonObject,
  limits: Parameters<typeof tokenReader>[2],
): TokenReader {
  try {
    return tokenReader(tokenizer, tokenizerConfig, limits)
  } catch (error) {
    throw configInvalid('folder', `${folder}/tokenizer.json is damaged, or of a kind that is not known`, error)
  }
}

/** Runs the model once on its first token. */
async function dimensionsOf(path: string, model: SentenceModel): Promise<number> {
  try {
    return (await model.run([0])).length
  } catch (error) {
    await model.release()
    if (GraphMemError.is(error)) throw error
    throw new GraphMemError({
      code: 'ADAPTER_INVALID',
      field: 'folder',
      message: `Cannot use ${path}: it fails on a single token.`,
      cause: error,
    })
  }
}
