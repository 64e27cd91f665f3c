import OpenAI from 'openai'
import type { OpenAIServerOptions } from './openai-options.ts'

export interface Server {
  readonly client: OpenAI
  /** Provider and model. */
  readonly id: string
  /** What the server calls the model. */
  readonly model: string
}

/** The longest that a timer takes: core has its own time limit. */
const noTimeoutMs = 2 ** 31 - 1

export function serverOf(options: OpenAIServerOptions): Server {
  const { model, azure } = options
  const { provider, baseURL, query, headers } = addressOf(options)
  const client = new OpenAI({
    // The SDK wants a key where there is none; what is sent is in `headers`.
    apiKey: 'in-headers',
    baseURL,
    defaultQuery: query,
    // Each of these is read from the environment where it is left out.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: noTimeoutMs,
    // Of headers only these are sent: the SDK's own tell of the machine, and those of OPENAI_CUSTOM_HEADERS cannot be left out otherwise. A redirect
    // is not followed: it would take the text, and some a key, to another host.
    fetch: (url, init) =>
      fetch(url, { ...init, headers: { accept: 'application/json', 'content-type': 'application/json', ...headers }, redirect: 'manual' }),
  })
  return { client, id: `${provider}:${model}`, model: azure?.deployment ?? model }
}

interface Address {
  readonly provider: string
  readonly baseURL: string
  readonly query: Record<string, string>
  readonly headers: Readonly<Record<string, string>>
}

function addressOf({ apiKey, baseURL, azure }: OpenAIServerOptions): Address {
  if (azure === undefined) {
    const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
    if (baseURL === undefined) return { provider: 'openai', baseURL: 'https://api.openai.com/v1', query: {}, headers }
    return { provider: 'openai-compatible', baseURL: withoutSlash(baseURL), query: {}, headers }
  }
  const { endpoint, deployment, apiVersion } = azure
  const root = `${withoutSlash(endpoint)}/openai`
  const headers: Record<string, string> = apiKey === undefined ? {} : { 'api-key': apiKey }
  if (apiVersion === undefined) return { provider: 'azure', baseURL: `${root}/v1`, query: {}, headers }
  const query = { 'api-version': apiVersion }
  return { provider: 'azure', baseURL: `${root}/deployments/${encodeURIComponent(deployment)}`, query, headers }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
