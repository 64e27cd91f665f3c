import type { Failure } from './fuzz.ts'

/** A place where a document says what the server does not do, and as what that is found. */
interface Wrong {
  readonly type: string
  readonly operation: string
  readonly at: readonly string[]
  /** What is said there; nothing, where it is left out. */
  readonly says?: unknown
}

interface Document {
  readonly paths: Readonly<Record<string, unknown>>
}

const operation = (path: string, method: string, ...rest: readonly string[]) => ['paths', path, method, ...rest]
const field = (schema: string, ...rest: readonly string[]) => ['components', 'schemas', schema, 'properties', ...rest]
const anything = { responses: { 200: { description: 'Anything.' } } }

export const wrongs: readonly Wrong[] = [
  { type: 'JsonSchemaError', operation: 'GET /v1/usage', at: field('Usage', 'requests'), says: { type: 'string' } },
  { type: 'JsonSchemaError', operation: 'GET /v1/export', at: field('Imported', 'digest'), says: { type: 'integer' } },
  { type: 'CustomFailure', operation: 'POST /v1/query', at: ['components', 'schemas', 'Stage', 'anyOf'], says: [false] },
  {
    type: 'UndefinedStatusCode',
    operation: 'POST /v1/jobs/{jobId}/retry',
    at: operation('/v1/jobs/{jobId}/retry', 'post', 'responses', '404'),
  },
  {
    type: 'UndefinedContentType',
    operation: 'GET /readyz',
    at: operation('/readyz', 'get', 'responses', '200', 'content'),
    says: { 'text/plain': { schema: { type: 'string' } } },
  },
  {
    type: 'MissingHeaders',
    operation: 'GET /v1/memories',
    at: operation('/v1/memories', 'get', 'responses', '200', 'headers'),
    says: { etag: { required: true, schema: { type: 'string' } } },
  },
  { type: 'RejectedPositiveData', operation: 'GET /v1/audit', at: operation('/v1/audit', 'get', 'parameters', '0', 'schema', 'maximum') },
  { type: 'AcceptedNegativeData', operation: 'POST /v1/query', at: field('Query', 'limit', 'maximum'), says: 2 },
  { type: 'IgnoredAuth', operation: 'GET /healthz', at: operation('/healthz', 'get', 'security'), says: [{ bearer: [] }] },
  { type: 'UnsupportedMethodResponse', operation: 'DELETE /v1/me', at: ['paths', '/v1/me'], says: { put: anything } },
]

/** A document that is wrong in each of these places, and tells of no other paths. */
export function wrongDocument(document: Document): Document {
  const paths = Object.entries(document.paths).filter(([path]) => wrongs.some(({ operation }) => operation.endsWith(` ${path}`)))
  const copy = structuredClone({ ...document, paths: Object.fromEntries(paths) })
  for (const { at, says } of wrongs) {
    const last = at.at(-1) ?? ''
    const place = at.slice(0, -1).reduce<Record<string, unknown>>((within, key) => within[key] as Record<string, unknown>, { ...copy })
    if (says === undefined) delete place[last]
    else place[last] = says
  }
  return copy
}

/** How many of the places were found. */
export function foundOf(failures: readonly Failure[]): number {
  return wrongs.filter(({ type, operation }) => failures.some((each) => each.type === type && each.operations.includes(operation))).length
}
