import { configInvalid } from './config-invalid.ts'

export interface AnthropicModelOptions {
  /** As the API names it: `claude-haiku-5-5`. */
  readonly model: string
  readonly apiKey: string
  /** Default `https://api.anthropic.com`. */
  readonly baseURL?: string
  /** How much the model thinks before it answers, where it does; what it thinks counts as output. Default: the API's for the model. */
  readonly effort?: 'low' | 'medium' | 'high' | 'xhigh' | 'max'
}

export interface CheckedOptions {
  readonly model: string
  readonly apiKey: string
  readonly baseURL: string
  readonly effort: AnthropicModelOptions['effort'] | undefined
}

const names = ['model', 'apiKey', 'baseURL', 'effort']
const efforts = ['low', 'medium', 'high', 'xhigh', 'max']

/** @throws GraphMemError `CONFIG_INVALID` */
export function checkedOptions(options: AnthropicModelOptions): CheckedOptions {
  if (typeof options !== 'object' || options === null) throw configInvalid('options', 'they are missing. Give `model` and `apiKey`')
  const unknownName = Object.keys(options).find((name) => !names.includes(name))
  if (unknownName !== undefined)
    throw configInvalid(unknownName, `there is no option \`${unknownName}\`. The options are ${names.join(', ')}`)
  const { model, apiKey, baseURL = 'https://api.anthropic.com', effort } = options
  if (typeof model !== 'string' || !/^\S{1,200}$/.test(model))
    throw configInvalid('model', 'it is no name of a model, as `claude-haiku-5-5`')
  // `fetch` would refuse a key with a line break, in words that repeat it.
  if (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey)) throw configInvalid('apiKey', 'it is missing, or is no key')
  const url = typeof baseURL === 'string' ? URL.parse(baseURL) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw configInvalid('baseURL', 'it is no URL as `https://api.anthropic.com`, without a user')
  if (effort !== undefined && !efforts.includes(effort)) throw configInvalid('effort', `it is none of ${efforts.join(', ')}`)
  return { model, apiKey, baseURL, effort }
}
