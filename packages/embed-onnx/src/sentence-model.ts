import { GraphMemError } from '@graphmem/core/spec'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { configInvalid } from './config-invalid.ts'
import type { ModelConfiguration } from './model-configuration.ts'
import { pool } from './pool.ts'

/** A loaded transformer. */
export interface SentenceModel {
  /** The vector of unit length of one text, given as its tokens. */
  run(tokens: readonly number[]): Promise<Float32Array>
  release(): Promise<void>
}

/** What a text of `n` tokens is to the inputs that a transformer may have; one text is never padded and of one segment. */
const inputValues: Readonly<Record<string, (tokens: readonly number[]) => readonly number[]>> = {
  input_ids: (tokens) => tokens,
  attention_mask: (tokens) => tokens.map(() => 1),
  token_type_ids: (tokens) => tokens.map(() => 0),
}

/** The output of exports that hold all steps of sentence-transformers. */
const wholeOutput = 'sentence_embedding'

/**
 * Loads a model and checks its inputs and outputs.
 *
 * @throws GraphMemError `CONFIG_INVALID` when the file cannot be loaded; `ADAPTER_INVALID` when it is no model of sentences
 */
export async function loadSentenceModel(path: string, configuration: ModelConfiguration): Promise<SentenceModel> {
  // The runtime would print the tokens that it fails on: only what ends the process is left for it to say.
  const session = await InferenceSession.create(path, { executionProviders: ['cpu'], logSeverityLevel: 4 }).catch((error: unknown) => {
    throw configInvalid('folder', `${path} is damaged, or needs a newer ONNX Runtime. Fetch it again`, error)
  })
  try {
    return sentenceModel(path, session, configuration)
  } catch (error) {
    await session.release()
    throw error
  }
}

function sentenceModel(path: string, session: InferenceSession, configuration: ModelConfiguration): SentenceModel {
  const inputs = session.inputMetadata.map((input) => {
    const values = inputValues[input.name]
    if (values === undefined || !input.isTensor)
      throw adapterInvalid(path, `its input ${input.name} is none of ${Object.keys(inputValues)}`)
    if (input.type !== 'int64' && input.type !== 'int32') throw adapterInvalid(path, `its input ${input.name} is ${input.type}, not int64`)
    if (input.shape.length !== 2 || typeof input.shape[1] === 'number') {
      throw adapterInvalid(path, `its input ${input.name} is not of the shape [texts, tokens] with any number of tokens`)
    }
    return { name: input.name, type: input.type, values }
  })
  const output = chooseOutput(path, session, configuration)
  return {
    async run(tokens) {
      const feeds = inputs.map(({ name, type, values }) => [name, integerTensor(type, values(tokens))] as const)
      const { [output.name]: result } = await session.run(Object.fromEntries(feeds), [output.name])
      const dimensions = result?.dims.at(-1) ?? 0
      if (!(result?.data instanceof Float32Array) || dimensions === 0 || result.data.length !== output.vectors(tokens) * dimensions) {
        throw adapterInvalid(path, `its output ${output.name} is of the shape [${result?.dims}]`)
      }
      return pool(result.data, dimensions, configuration.pooling)
    },
    release: () => session.release(),
  }
}

interface Output {
  readonly name: string
  readonly vectors: (tokens: readonly number[]) => number
}

function chooseOutput(path: string, session: InferenceSession, { foreignSteps }: ModelConfiguration): Output {
  const outputs = session.outputMetadata.filter((output) => output.isTensor).filter((output) => output.type === 'float32')
  if (outputs.some(({ name, shape }) => name === wholeOutput && shape.length === 2)) return { name: wholeOutput, vectors: () => 1 }
  if (foreignSteps.length > 0) {
    throw adapterInvalid(
      path,
      `it has no output ${wholeOutput}, and its configuration asks for ${foreignSteps.join(', ')}, which only that can give`,
    )
  }
  const states = outputs.find(({ shape }) => shape.length === 3)
  if (states === undefined) {
    const names = session.outputNames.join(', ')
    throw adapterInvalid(path, `none of its outputs (${names}) is of the shape [texts, tokens, dimensions] in float32`)
  }
  return { name: states.name, vectors: (tokens) => tokens.length }
}

function integerTensor(type: 'int64' | 'int32', values: readonly number[]): Tensor {
  const dims = [1, values.length]
  return type === 'int64' ? new Tensor(type, BigInt64Array.from(values, BigInt), dims) : new Tensor(type, Int32Array.from(values), dims)
}

function adapterInvalid(path: string, problem: string): GraphMemError {
  const message = `Cannot use ${path} as a model of sentences: ${problem}. Give an export of a sentence-transformers model for feature extraction.`
  return new GraphMemError({ code: 'ADAPTER_INVALID', field: 'folder', message })
}
