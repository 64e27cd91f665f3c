import type { ChatRequest, Options } from 'ollama/browser'
import { configInvalid } from './config-invalid.ts'

/** Which model, and where it runs. */
export interface OllamaServer {
  /** As Ollama names it: `llama3.2`, `qwen3:8b`. It has to be there: `ollama pull llama3.2`. */
  readonly model: string
  /** Default `http://127.0.0.1:11434`. */
  readonly url?: string
  /** For a server that wants one, as ollama.com does. */
  readonly apiKey?: string
  /** How long the model stays in memory after a call: seconds, or `10m`; 0 not at all, below 0 for ever. Default: the server's. */
  readonly keepAlive?: number | string
}

export interface OllamaModelOptions extends OllamaServer {
  /** As Ollama names them: `{ num_ctx: 8192 }`. `temperature` is 0 if not given; `num_predict` is each request's `maxOutputTokens`. */
  readonly options?: Partial<Omit<Options, 'num_predict'>>
  /** Whether, or how much, a model thinks before it answers; what it thinks counts as output. Default: the server's for the model. */
  readonly think?: NonNullable<ChatRequest['think']>
}

export interface OllamaEmbedderOptions extends OllamaServer {
  /** How long the model's vectors are: 768 for `nomic-embed-text`. */
  readonly dimensions: number
  /** The most texts of one request, from 1 up. Default 64. */
  readonly maxTexts?: number
}

const defaultUrl = 'http://127.0.0.1:11434'
const ofServer = ['model', 'url', 'apiKey', 'keepAlive']

export type CheckedServer = OllamaServer & { readonly id: string; readonly url: string }

/** @throws GraphMemError `CONFIG_INVALID` */
export function checkedModelOptions(given: OllamaModelOptions): OllamaModelOptions & CheckedServer {
  const server = checkedServer(given, ['options', 'think'])
  const { options, think } = given
  if (options !== undefined && (typeof options !== 'object' || options === null || Array.isArray(options)))
    throw configInvalid('options', 'they are no object, as `{ num_ctx: 8192 }`')
  if (options !== undefined && 'num_predict' in options) throw configInvalid('options', 'leave `num_predict` out. Every request says it')
  if (think !== undefined && ![true, false, 'low', 'medium', 'high'].includes(think))
    throw configInvalid('think', 'it is none of true, false, low, medium, high')
  return { ...given, ...server }
}

/** @throws GraphMemError `CONFIG_INVALID` */
export function checkedEmbedderOptions(
  given: OllamaEmbedderOptions,
): OllamaEmbedderOptions & CheckedServer & Required<Pick<OllamaEmbedderOptions, 'maxTexts'>> {
  const server = checkedServer(given, ['dimensions', 'maxTexts'])
  const { dimensions, maxTexts = 64 } = given
  if (!(Number.isInteger(dimensions) && dimensions >= 1))
    throw configInvalid('dimensions', 'it is no whole number from 1 up. Give the length of the vectors of the model')
  if (!(Number.isInteger(maxTexts) && maxTexts >= 1)) throw configInvalid('maxTexts', 'it is no whole number from 1 up')
  return { ...given, ...server, maxTexts }
}

function checkedServer(given: OllamaServer, moreNames: readonly string[]): Pick<CheckedServer, 'id' | 'url'> {
  if (typeof given !== 'object' || given === null) throw configInvalid('options', 'they are missing. Give `model`')
  const names = [...ofServer, ...moreNames]
  const unknownName = Object.keys(given).find((name) => !names.includes(name))
  if (unknownName !== undefined)
    throw configInvalid(unknownName, `there is no option \`${unknownName}\`. The options are ${names.join(', ')}`)
  const { model, url = defaultUrl, apiKey, keepAlive } = given
  if (typeof model !== 'string' || !/^\S{1,200}$/.test(model)) throw configInvalid('model', 'it is no name of a model, as `llama3.2`')
  const parsed = typeof url === 'string' ? URL.parse(url) : null
  // What is not a URL may still hold a password: it is not repeated.
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '')
    throw configInvalid('url', `it is no URL as \`${defaultUrl}\`, without a user`)
  if (apiKey !== undefined && (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey))) throw configInvalid('apiKey', 'it is no key')
  // There the SDK would take the key from the environment.
  if (apiKey === undefined && parsed.hostname === 'ollama.com') throw configInvalid('apiKey', 'it is missing: ollama.com wants one')
  const isTime = typeof keepAlive === 'number' ? Number.isFinite(keepAlive) : typeof keepAlive === 'string' && keepAlive !== ''
  if (keepAlive !== undefined && !isTime) throw configInvalid('keepAlive', 'it is neither seconds nor a time as `10m`')
  return { id: `ollama:${model}`, url }
}
