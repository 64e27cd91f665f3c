import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { GraphMemError } from '@graphmem/core'
import { onnxEmbedder } from '@graphmem/embed-onnx'
import { describe, expect, it } from 'vitest'
import { tinyFolder, tinyGraph } from './tiny-folder.ts'
import { type Edge, onnxModel } from './tiny-onnx.ts'

const pooling = (mode: string): Record<string, object> => ({ '1_Pooling/config.json': { [`pooling_mode_${mode}`]: true } })

/** The vectors of texts by a model whose folder has these files besides or instead. */
async function vectors(texts: readonly string[], files: Parameters<typeof tinyFolder>[0] = {}): Promise<readonly (readonly number[])[]> {
  await using embedder = await onnxEmbedder({ folder: await tinyFolder(files) })
  return (await embedder.embed(texts)).map((vector) => Array.from(vector))
}

/** Which error a folder with these files besides or instead is refused with. */
async function refusal(files: Parameters<typeof tinyFolder>[0]): Promise<GraphMemError> {
  const folder = await tinyFolder(files)
  const error: unknown = await onnxEmbedder({ folder }).catch((reason: unknown) => reason)
  if (!GraphMemError.is(error)) expect.fail(`expected a GraphMemError, got ${String(error)}`)
  return error
}

/** A text's vector as it should be: of unit length. */
function unit(...values: readonly number[]): readonly unknown[] {
  const length = Math.hypot(...values)
  return values.map((value) => expect.closeTo(value / length, 6))
}

describe('the vector of a text', () => {
  it('is the mean of all its tokens, made of unit length', async () => {
    expect(await vectors(['sun', 'sun moon moon'])).toEqual([unit(1, 4, 0), unit(1, 4, 4)])
  })

  it('is pooled as the model says', async () => {
    expect(await vectors(['moon sun sun'], pooling('cls_token'))).toEqual([unit(1, 0, 0)])
    expect(await vectors(['moon sun sun'], pooling('max_tokens'))).toEqual([unit(1, 4, 2)])
    expect(await vectors(['moon sun sun'], { '1_Pooling/config.json': { pooling_mode: 'max' } })).toEqual([unit(1, 4, 2)])
  })

  it('is pooled as the folder says that modules.json names', async () => {
    const modules = [{ path: 'pooling', type: 'sentence_transformers.models.Pooling' }]
    const files = { 'modules.json': modules, 'pooling/config.json': { pooling_mode_cls_token: true } }
    expect(await vectors(['moon sun'], files)).toEqual([unit(1, 0, 0)])
  })

  it('is of as many tokens as the model takes, the special ones among them', async () => {
    expect(await vectors(['sun sun sun sun moon', 'sun sun sun moon moon'])).toEqual([unit(1, 16, 0), unit(1, 12, 2)])
    const positions = { 'sentence_bert_config.json': undefined, 'config.json': { max_position_embeddings: 4 } }
    expect(await vectors(['sun sun moon'], positions)).toEqual([unit(1, 8, 0)])
    const offset = { ...positions, 'config.json': { model_type: 'mpnet', pad_token_id: 1, max_position_embeddings: 5 } }
    expect(await vectors(['sun moon'], offset)).toEqual([unit(1, 4, 0)])
  })

  it('is zero where the model knows no token', async () => {
    expect(await vectors(['', ' \n', '🦄 unicorn', 'sun'])).toEqual([[0, 0, 0], [0, 0, 0], [0, 0, 0], unit(1, 4, 0)])
  })

  it('is what the model itself gives where it holds all steps', async () => {
    const whole: Edge = { name: 'sentence_embedding', type: 'float32', shape: ['texts', 3] }
    const sum = { operator: 'ReduceSum', inputs: ['last_hidden_state', 'axis'], outputs: ['sentence_embedding'], integers: { keepdims: 0 } }
    const model = onnxModel({
      ...tinyGraph,
      outputs: [...tinyGraph.outputs, whole],
      nodes: [...tinyGraph.nodes, sum],
      constants: { ...tinyGraph.constants, axis: { shape: [1], values: BigInt64Array.of(1n) } },
    })
    const dense = [{ path: '2_Dense', type: 'sentence_transformers.models.Dense' }]
    expect(await vectors(['moon sun'], { 'model.onnx': model, 'modules.json': dense, ...pooling('cls_token') })).toEqual([unit(1, 4, 2)])
  })
})

describe('the id', () => {
  it('is the same for the same files in another folder under another of their names', async () => {
    const [here, there] = [await tinyFolder(), await tinyFolder({ 'onnx/.keep': '' })]
    await rename(join(there, 'model.onnx'), join(there, 'onnx', 'model_quantized.onnx'))
    await using first = await onnxEmbedder({ folder: here })
    await using second = await onnxEmbedder({ folder: there })
    expect(second.id).toBe(first.id)
    expect(first.dimensions).toBe(3)
  })

  it('is another when weights or configuration are', async () => {
    const table = { shape: [6, 3], values: new Float32Array(18).fill(1) }
    const folders = [{}, { 'model.onnx': onnxModel({ ...tinyGraph, constants: { table } }) }, pooling('max_tokens')]
    const ids = await Promise.all(
      folders.map(async (files) => {
        await using embedder = await onnxEmbedder({ folder: await tinyFolder(files) })
        return embedder.id
      }),
    )
    expect(new Set(ids).size).toBe(3)
  })
})

describe('a folder that is no model', () => {
  it.each([
    ['model.onnx', undefined],
    ['tokenizer.json', undefined],
    ['sentence_bert_config.json', undefined],
    ['model.onnx', 'not a model'],
    ['tokenizer.json', '{"model":'],
    ['tokenizer.json', { added_tokens: [], model: { type: 'Telepathy' } }],
    ['1_Pooling/config.json', '[['],
    ['config_sentence_transformers.json', { default_prompt_name: 'query' }],
  ])('is refused by the name of the file: %s as %j', async (name, content) => {
    const error = await refusal({ [name]: content })
    expect(error.code).toBe('CONFIG_INVALID')
    expect(error.message).toContain(name)
  })

  it('is refused when the model takes or gives something else', async () => {
    const [ids] = tinyGraph.inputs
    const input = (name: string, shape: Edge['shape']): Uint8Array =>
      onnxModel({ ...tinyGraph, inputs: [...(name === 'input_ids' ? [] : [ids as Edge]), { name, type: 'int64', shape }] })
    const flat = { ...tinyGraph, outputs: [], nodes: [{ operator: 'Shape', inputs: ['input_ids'], outputs: ['size'] }], constants: {} }
    const models = {
      pixels: input('pixels', ['texts', 'tokens']),
      input_ids: input('input_ids', ['texts', 128]),
      size: onnxModel({ ...flat, outputs: [{ name: 'size', type: 'int64', shape: [2] }] }),
    }
    for (const [name, model] of Object.entries(models)) {
      const error = await refusal({ 'model.onnx': model })
      expect(error.code).toBe('ADAPTER_INVALID')
      expect(error.message).toContain(name)
    }
  })

  it('is refused when its configuration asks for a step that the model does not hold', async () => {
    const dense = await refusal({ 'modules.json': [{ path: '2_Dense', type: 'sentence_transformers.models.Dense' }] })
    const last = await refusal(pooling('lasttoken'))
    expect([dense.code, last.code]).toEqual(['ADAPTER_INVALID', 'ADAPTER_INVALID'])
    expect([dense.message, last.message]).toEqual([expect.stringContaining('Dense'), expect.stringContaining('lasttoken')])
  })

  it('is refused when it is not there, and so is an option that does not exist', async () => {
    await expect(onnxEmbedder({ folder: '/no/such/folder' })).rejects.toMatchObject({ code: 'CONFIG_INVALID', field: 'folder' })
    const misspelt = { folder: '.', threads: 2 }
    await expect(onnxEmbedder(misspelt)).rejects.toMatchObject({ code: 'CONFIG_INVALID', field: 'threads' })
  })
})

describe('a call', () => {
  it('that was aborted before it does nothing, and one aborted on the way ends with the reason', async () => {
    await using embedder = await onnxEmbedder({ folder: await tinyFolder() })
    const reason = new Error('enough')
    await expect(embedder.embed(['sun'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const controller = new AbortController()
    const call = embedder.embed(Array(1_000_000).fill('sun'), { signal: controller.signal })
    setImmediate(() => controller.abort(reason))
    await expect(call).rejects.toBe(reason)
  })

  it('that fails in the model says nothing of the text', async () => {
    const table = { shape: [4, 3], values: new Float32Array(12) }
    await using embedder = await onnxEmbedder({
      folder: await tinyFolder({ 'model.onnx': onnxModel({ ...tinyGraph, constants: { table } }) }),
    })
    const error: unknown = await embedder.embed(['moon']).catch((reason: unknown) => reason)
    if (!GraphMemError.is(error)) expect.fail(`expected a GraphMemError, got ${String(error)}`)
    expect(error.code).toBe('MODEL_FAILED')
    expect(error.message).not.toContain('moon')
    expect(error.cause).toBeUndefined()
  })

  it('after the end is refused, and the end may come twice', async () => {
    const embedder = await onnxEmbedder({ folder: await tinyFolder() })
    await embedder[Symbol.asyncDispose]()
    await embedder[Symbol.asyncDispose]()
    await expect(embedder.embed(['sun'])).rejects.toMatchObject({ code: 'CLOSED' })
  })
})
