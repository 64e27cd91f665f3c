import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { configInvalid } from './config-invalid.ts'

export type JsonObject = Readonly<Record<string, unknown>>

const modelNames = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx']

/** The first of the files that a model may be in. @throws GraphMemError `CONFIG_INVALID` */
export async function modelPath(folder: string): Promise<string> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw configInvalid('folder', `${folder} is no folder`)
  for (const name of modelNames) {
    const path = join(folder, name)
    if ((await stat(path).catch(() => undefined))?.isFile()) return path
  }
  throw configInvalid('folder', `${folder} has no model.onnx. It may also be called ${modelNames.slice(1).join(', ')}`)
}

/** An object or a list in a JSON file, `undefined` where there is no such file. @throws GraphMemError `CONFIG_INVALID` */
export async function readJson(folder: string, name: string): Promise<JsonObject | undefined> {
  const path = join(folder, name)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw configInvalid('folder', `${path} cannot be read`, error)
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as JsonObject
  } catch {}
  throw configInvalid('folder', `${path} is damaged: it does not hold a JSON object. Fetch it again`)
}

/**
 * A name for all that decides about a model's vectors: the same in whichever folder it stands, another when the weights, the tokenizer or the
 * configuration change. Reads the model once, some 2 ms a megabyte.
 */
export async function modelId(model: string, parts: readonly unknown[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(parts))
  for (const path of [model, `${model}_data`, `${model}.data`]) {
    // Weights of more than 2 GB stand beside the model.
    if ((await stat(path).catch(() => undefined)) === undefined) continue
    for await (const bytes of createReadStream(path)) hash.update(bytes)
  }
  return `onnx-v1-${hash.digest('hex').slice(0, 32)}`
}
