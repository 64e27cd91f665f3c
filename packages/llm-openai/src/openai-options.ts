import { configInvalid } from './config-invalid.ts'
import { type StructuredOutput, structuredOutputs } from './structured-output.ts'

const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high'] as const

/** Whose model it is: OpenAI's own, where neither `baseURL` nor `azure` is given. */
export interface OpenAIServerOptions {
  /** `gpt-4o-mini`. At Azure, the model behind the deployment: its rules depend on it, and its price. */
  readonly model: string
  /** Needed at OpenAI and Azure. */
  readonly apiKey?: string
  /** A server that speaks as OpenAI does: `https://openrouter.ai/api/v1`, `http://localhost:8000/v1`. */
  readonly baseURL?: string
  readonly azure?: AzureDeployment
}

export interface AzureDeployment {
  /** `https://my-resource.openai.azure.com` */
  readonly endpoint: string
  /** The name that was given to the deployment. */
  readonly deployment: string
  /** `2024-10-21`. Left out, it is the API without versions, below `/openai/v1`. */
  readonly apiVersion?: string
}

export interface OpenAIModelOptions extends OpenAIServerOptions {
  /**
   * How an answer of a form is asked for. Left out, it is `json_schema`, and the next that follows once the server does not take one: `json_object`,
   * then `none`.
   */
  readonly structuredOutput?: StructuredOutput
  /** For models that reason: how much. What is thought counts as output, and against its limit. Left out, the model decides. */
  readonly reasoningEffort?: (typeof reasoningEfforts)[number]
}

export interface OpenAIEmbedderOptions extends OpenAIServerOptions {
  /** Of the vectors. Known for OpenAI's own models, which can shorten theirs; needed for others. */
  readonly dimensions?: number
  /** Whether the server is asked for `dimensions`, which few models can shorten to. Default: for `text-embedding-3-…`. */
  readonly sendDimensions?: boolean
  /** How many texts a request may have, from 1 to 2048. Default 256; 32 at a `baseURL`. */
  readonly maxTexts?: number
}

const serverNames = ['model', 'apiKey', 'baseURL', 'azure']
const modelNames = [...serverNames, 'structuredOutput', 'reasoningEffort']
const embedderNames = [...serverNames, 'dimensions', 'sendDimensions', 'maxTexts']

/** @throws GraphMemError `CONFIG_INVALID` */
export function checkModelOptions(options: OpenAIModelOptions): void {
  checkNames(options, modelNames)
  checkServer(options)
  const { structuredOutput, reasoningEffort } = options
  if (structuredOutput !== undefined && !structuredOutputs.includes(structuredOutput))
    throw configInvalid('structuredOutput', `it is none of ${structuredOutputs.map((each) => `"${each}"`).join(', ')}`)
  if (reasoningEffort !== undefined && !reasoningEfforts.includes(reasoningEffort))
    throw configInvalid('reasoningEffort', `it is none of ${reasoningEfforts.map((each) => `"${each}"`).join(', ')}`)
}

/** @throws GraphMemError `CONFIG_INVALID` */
export function checkEmbedderOptions(options: OpenAIEmbedderOptions): void {
  checkNames(options, embedderNames)
  checkServer(options)
  const { dimensions, sendDimensions, maxTexts } = options
  if (dimensions !== undefined && !isCount(dimensions, 100_000)) throw configInvalid('dimensions', 'it is no number from 1 to 100000')
  if (maxTexts !== undefined && !isCount(maxTexts, 2048)) throw configInvalid('maxTexts', 'it is no number from 1 to 2048')
  if (sendDimensions !== undefined && typeof sendDimensions !== 'boolean')
    throw configInvalid('sendDimensions', 'it is neither true nor false')
}

const isCount = (value: unknown, most: number): boolean => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most

function checkNames(options: unknown, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw configInvalid('options', 'they are missing. Give `model` and `apiKey`')
  const unknownName = Object.keys(options).find((name) => !names.includes(name))
  if (unknownName !== undefined)
    throw configInvalid(unknownName, `there is no option \`${unknownName}\`. The options are ${names.join(', ')}`)
}

function checkServer({ model, apiKey, baseURL, azure }: OpenAIServerOptions): void {
  checkName('model', model, 'gpt-4o-mini')
  if (baseURL !== undefined && azure !== undefined) throw configInvalid('baseURL', 'it contradicts `azure`. Give one of them')
  if (apiKey === undefined && baseURL === undefined) throw configInvalid('apiKey', 'it is missing')
  // What is no header would be repeated in the error of who refuses it.
  if (apiKey !== undefined && (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey)))
    throw configInvalid('apiKey', 'it is empty, or has a space or a letter in it that no key has')
  if (baseURL !== undefined) checkUrl('baseURL', baseURL, 'http://localhost:8000/v1')
  if (azure === undefined) return
  if (typeof azure !== 'object' || azure === null) throw configInvalid('azure', 'it is no object of `endpoint` and `deployment`')
  checkUrl('azure.endpoint', azure.endpoint, 'https://my-resource.openai.azure.com')
  checkName('azure.deployment', azure.deployment, 'my-deployment')
  if (azure.apiVersion !== undefined) checkName('azure.apiVersion', azure.apiVersion, '2024-10-21')
}

function checkName(field: string, given: unknown, example: string): void {
  if (typeof given !== 'string' || !/^\S{1,300}$/.test(given)) throw configInvalid(field, `it is missing, or no name as "${example}"`)
}

function checkUrl(field: string, given: unknown, example: string): void {
  const url = typeof given === 'string' ? URL.parse(given) : null
  if (url === null || !/^https?:$/.test(url.protocol)) throw configInvalid(field, `it is no URL as ${example}`)
  if (url.username !== '' || url.password !== '') throw configInvalid(field, 'it has a user or a password in it. Give `apiKey`')
  if (url.search !== '' || url.hash !== '') throw configInvalid(field, 'it has more after its path')
}
