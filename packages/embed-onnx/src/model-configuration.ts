import { join } from 'node:path'
import { configInvalid } from './config-invalid.ts'
import { type JsonObject, readJson } from './model-files.ts'

export type Pooling = 'cls' | 'mean' | 'max'

/** What a model's own configuration says about how a text becomes a vector. */
export interface ModelConfiguration {
  readonly pooling: Pooling
  /** Of one text, the special ones among them. */
  readonly maxTokens: number
  readonly lowercase: boolean
  /** Steps after the transformer that are not done here, so that the model's file has to hold them. */
  readonly foreignSteps: readonly string[]
}

/** Their token positions begin after that of the padding token. */
const offsetPositions = ['roberta', 'xlm-roberta', 'camembert', 'mpnet']

/** How sentence-transformers names poolings. Division by the root of the length is lost when a vector is made of unit length. */
const poolings: Readonly<Record<string, Pooling>> = { cls: 'cls', mean: 'mean', max: 'max', mean_sqrt_len: 'mean' }

/**
 * Reads it as sentence-transformers does: mean pooling unless `1_Pooling/config.json` says otherwise; as many tokens as
 * `sentence_bert_config.json` says, else as the tokenizer and the positions of the transformer allow.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function modelConfiguration(folder: string, tokenizer: JsonObject, tokenizerConfig: JsonObject): Promise<ModelConfiguration> {
  const { default_prompt_name: prompt } = (await readJson(folder, 'config_sentence_transformers.json')) ?? {}
  if (prompt !== undefined && prompt !== null) {
    const path = join(folder, 'config_sentence_transformers.json')
    throw configInvalid('folder', `${path} names a default prompt, and texts are embedded as they are. Set default_prompt_name to null`)
  }
  const sentences = (await readJson(folder, 'sentence_bert_config.json')) ?? {}
  const transformer = (await readJson(folder, 'config.json')) ?? {}
  const maxTokens = tokenLimit(sentences, transformer, tokenizer, tokenizerConfig)
  if (maxTokens === undefined) {
    const path = join(folder, 'sentence_bert_config.json')
    throw configInvalid('folder', `no file says how many tokens the model takes. Write {"max_seq_length": …} into ${path}`)
  }
  const modules = moduleList(await readJson(folder, 'modules.json'))
  const poolingPath = modules.find(({ kind }) => kind === 'Pooling')?.path ?? '1_Pooling'
  const modes = poolingModes((await readJson(folder, `${poolingPath}/config.json`)) ?? { pooling_mode_mean_tokens: true })
  const pooling = modes.length === 1 ? poolings[modes[0] ?? ''] : undefined
  const foreign = modules.map(({ kind }) => kind).filter((kind) => !['Transformer', 'Pooling', 'Normalize'].includes(kind))
  return {
    pooling: pooling ?? 'mean',
    maxTokens,
    lowercase: sentences['do_lower_case'] === true,
    foreignSteps: pooling === undefined ? [`pooling by ${modes.join(' and ') || 'nothing'}`, ...foreign] : foreign,
  }
}

function tokenLimit(
  sentences: JsonObject,
  transformer: JsonObject,
  tokenizer: JsonObject,
  tokenizerConfig: JsonObject,
): number | undefined {
  const own = positiveInteger(sentences['max_seq_length'])
  if (own !== undefined) return own
  const positions = positiveInteger(transformer['max_position_embeddings'])
  const padding = offsetPositions.includes(String(transformer['model_type'])) ? (positiveInteger(transformer['pad_token_id']) ?? 0) + 1 : 0
  const limits = [positiveInteger(tokenizerConfig['model_max_length']), positions === undefined ? undefined : positions - padding]
  const known = limits.filter((limit) => limit !== undefined)
  if (known.length > 0) return Math.min(...known)
  const { truncation } = tokenizer
  return typeof truncation === 'object' && truncation !== null && 'max_length' in truncation
    ? positiveInteger(truncation.max_length)
    : undefined
}

/** Tokenizers without a limit say one of 10^30. */
function positiveInteger(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined
}

function moduleList(modules: unknown): readonly { readonly kind: string; readonly path: string }[] {
  if (!Array.isArray(modules)) return []
  return modules.map((module) => ({ kind: String(module?.type).split('.').at(-1) ?? '', path: String(module?.path) }))
}

/** As "mean" or, of older versions, as `"pooling_mode_mean_tokens": true`. */
function poolingModes(config: JsonObject): readonly string[] {
  const { pooling_mode: named } = config
  if (named !== undefined) return [named].flat().map(String)
  return Object.keys(config)
    .filter((key) => key.startsWith('pooling_mode_') && config[key] === true)
    .map((key) => key.slice('pooling_mode_'.length).replace(/_tokens?$/, ''))
}
