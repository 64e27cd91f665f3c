import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Graph, onnxModel } from './tiny-onnx.ts'

/** The vectors of the tokens that the tiny model knows. */
const tokenVectors = {
  '[PAD]': [0, 0, 0],
  '[UNK]': [9, 9, 9],
  '[CLS]': [1, 0, 0],
  '[SEP]': [0, 0, 0],
  sun: [0, 4, 0],
  moon: [0, 0, 2],
} as const

const vocabulary = Object.keys(tokenVectors)
const special = (token: string): object => ({ SpecialToken: { id: token, type_id: 0 } })

const tokenizer = {
  added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content) => ({ id: vocabulary.indexOf(content), content, special: true })),
  normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')],
    pair: [],
    special_tokens: Object.fromEntries(
      ['[CLS]', '[SEP]'].map((token) => [token, { id: token, ids: [vocabulary.indexOf(token)], tokens: [token] }]),
    ),
  },
  decoder: null,
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
  },
}

/** A transformer of no layers: a token's state is its vector. */
export const tinyGraph: Graph = {
  inputs: [
    { name: 'input_ids', type: 'int64', shape: ['texts', 'tokens'] },
    { name: 'attention_mask', type: 'int64', shape: ['texts', 'tokens'] },
  ],
  outputs: [{ name: 'last_hidden_state', type: 'float32', shape: ['texts', 'tokens', 3] }],
  nodes: [{ operator: 'Gather', inputs: ['table', 'input_ids'], outputs: ['last_hidden_state'] }],
  constants: { table: { shape: [vocabulary.length, 3], values: Float32Array.from(Object.values(tokenVectors).flat()) } },
}

/** What stands in the folder of a whole model; the value `undefined` leaves a file out. */
export const tinyFiles: Readonly<Record<string, Uint8Array | object | string | undefined>> = {
  'model.onnx': onnxModel(tinyGraph),
  'tokenizer.json': tokenizer,
  'sentence_bert_config.json': { max_seq_length: 6 },
}

/** A folder that goes when the test ends, with the files of the tiny model, and those given besides or instead. */
export async function tinyFolder(files: typeof tinyFiles = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-onnx-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, value] of Object.entries({ ...tinyFiles, ...files })) {
    if (value === undefined) continue
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value))
  }
  return folder
}
