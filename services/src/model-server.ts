import type { Service } from './service.ts'

/** A server of language models, with what a client has to know of it. */
export interface ModelServerAccess {
  /** Of an OpenAI-compatible server its base URL, with `/v1` at its end; of an Ollama its root, without a `/` at the end. */
  readonly url: string
  /** Empty where the server asks for none. */
  readonly apiKey: string
  /** A model that chats. What it says is worth nothing: it proves protocols, never quality. */
  readonly model: string
  readonly embeddingModel: string
  /** How many numbers an embedding has. */
  readonly dimensions: number
}

export interface ModelServer extends Service, ModelServerAccess {}

/** The server that a variable of the environment names, as `http://key@host:port/v1?model=…&embeddingModel=…&dimensions=384`. */
export function namedModelServer(kind: string, variable: string): ModelServer | undefined {
  const named = process.env[variable]
  if (named === undefined) return undefined
  const { origin, pathname, username, searchParams } = new URL(named)
  const given = (name: string) => {
    const value = searchParams.get(name)
    if (value === null) throw new Error(`${variable} names no ${name}: it is a URL with ?model=…&embeddingModel=…&dimensions=… at its end`)
    return value
  }
  return {
    name: `${kind} at ${variable}`,
    url: `${origin}${pathname}`.replace(/\/$/, ''),
    apiKey: decodeURIComponent(username),
    model: given('model'),
    embeddingModel: given('embeddingModel'),
    dimensions: Number(given('dimensions')),
    [Symbol.asyncDispose]: async () => {},
  }
}
